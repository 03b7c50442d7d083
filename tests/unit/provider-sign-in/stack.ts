import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Connection, ConnectionOverrides } from "../../../provider/src/rds/connection";
import { connectionResolver } from "../../../provider/src/rds/resolveConnection";

export interface StackSetup {
  /** `alicloud:` keys; objects become JSON text, as Pulumi stores them. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Files below the home folder, for example `.aliyun/config.json`; objects become JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly now?: () => number;
}

/** A stack with nothing of this machine in it: its own configuration, environment and home folder. */
export function stack({ config = {}, env = {}, files = {}, now }: StackSetup) {
  const home = mkdtempSync(join(tmpdir(), "sign-in-"));
  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text(content));
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const warnings: string[] = [];
  const debug: string[] = [];
  const resolve = connectionResolver(
    (key) => (config[key] === undefined ? undefined : text(config[key])),
    { HOME: home, ...env },
    { warn: (line) => void warnings.push(line), debug: (line) => void debug.push(line) },
    now,
  );
  return {
    home,
    write,
    warnings,
    debug,
    connect: (overrides: ConnectionOverrides = {}): Connection => resolve(overrides),
    signer: async (overrides: ConnectionOverrides = {}) =>
      (await resolve(overrides).credentials()).accessKeyId,
  };
}

/** The file of the aliyun CLI. */
export function cliFile(...profiles: readonly Readonly<Record<string, unknown>>[]) {
  return { current: profiles[0]?.["name"], profiles };
}

export const configKey = { accessKey: "AKconfig", secretKey: "secret-config" };
export const envKey = { ALIBABA_CLOUD_ACCESS_KEY_ID: "AKenv", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret-env" };
export const prodProfile = {
  name: "prod",
  mode: "AK",
  access_key_id: "AKprod",
  access_key_secret: "secret-prod",
  region_id: "cn-shanghai",
};

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
