import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
  type WorldInput,
} from "alicloud-rds-simulator";
import { startProvider, type ProviderProcess } from "./providerProcess";
import { startStandInEngine, type StandInEngine } from "./standInEngine";

/** A provider process between a stand-in engine and a simulated cloud. */
export interface Cast extends AsyncDisposable {
  readonly provider: ProviderProcess;
  readonly engine: StandInEngine;
  readonly simulator: Simulator;
}

export interface CastOptions extends Pick<SimulatorOptions, "clock"> {
  /** How the simulated cloud copies. */
  readonly copy?: WorldInput["copy"];
  /** Where the provider believes the engine to be; default: the stand-in. */
  readonly engineAddress?: string;
}

export const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::copy";
export const providerText = 'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")';

/** Inputs as the constructor writes them. */
export const given = {
  __provider: providerText,
  resourceUrn: urn,
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders", crm: "crm_staging" },
};

export async function openCast({
  clock = "stepped",
  copy = {},
  engineAddress,
}: CastOptions = {}): Promise<Cast> {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const simulator = await startSimulator({
    clock,
    world: {
      copy,
      instances: [
        {
          id: "rm-prod",
          databases: [{ name: "orders" }, { name: "crm" }],
          backups: [
            { id: "1001", start: hoursAgo(9), end: hoursAgo(8), databases: { orders: "o", crm: "c" } },
          ],
        },
        { id: "rm-staging" },
      ],
    },
  });
  const engine = await startStandInEngine();
  const provider = await startProvider({
    engine: engineAddress ?? engine.address,
    configuration: {
      "alicloud:region": "cn-hangzhou",
      "alicloud:endpoints": JSON.stringify([{ rds: simulator.endpoint }]),
      "alicloud:protocol": "HTTP",
      "alicloud:accessKey": "simulated-key",
      "alicloud:secretKey": "simulated-secret",
    },
  });
  return {
    provider,
    engine,
    simulator,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      engine.close();
      await simulator.close();
    },
  };
}
