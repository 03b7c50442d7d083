import { resolve } from "node:path";
import { startSimulator, type FaultRule, type WorldInput } from "alicloud-rds-simulator";

/** A world, and how the command is called in it. */
export interface DoctorCase {
  readonly world: WorldInput;
  readonly flags?: readonly string[];
  readonly fault?: FaultRule;
  /** Minutes by which the clock of this machine is ahead. */
  readonly aheadMinutes?: number;
}

/** What the command printed, and which calls it made. */
export interface DoctorRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly actions: readonly string[];
}

/** Runs `pulumi-alicloud-rds-copy doctor` in a process of its own, against a simulator with that world. */
export async function runDoctor({
  world,
  flags = [],
  fault,
  aheadMinutes = 0,
}: DoctorCase): Promise<DoctorRun> {
  const { execa } = await import("execa");
  const simulator = await startSimulator({ world });
  try {
    if (fault) simulator.addFault(fault);
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [
        ...(aheadMinutes === 0 ? [] : ["--require", resolve(__dirname, "clockAhead.cjs")]),
        resolve(__dirname, "../../../provider/dist/cli/main.js"),
        ...["doctor", "--source", "rm-prod", "--target", "rm-staging"],
        ...["--endpoint", simulator.endpoint, "--protocol", "HTTP"],
        ...flags,
      ],
      {
        reject: false,
        extendEnv: false,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: resolve(__dirname, "no-home"),
          ALICLOUD_ACCESS_KEY: "simulated-key",
          ALICLOUD_SECRET_KEY: "simulated-secret",
          ALICLOUD_REGION: "cn-hangzhou",
          CLOCK_AHEAD_MINUTES: String(aheadMinutes),
        },
      },
    );
    const actions = simulator.journal().map(({ action }) => action);
    return { exitCode, stdout: stdout.replaceAll(simulator.endpoint, "127.0.0.1:8094"), stderr, actions };
  } finally {
    await simulator.close();
  }
}
