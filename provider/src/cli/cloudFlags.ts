import type { Command } from "commander";
import { stackCloud, type StackCloud } from "../engine/stackCloud";
import type { ConnectionOverrides } from "../rds/connection";
import { stackConfiguration } from "./stackConfiguration";

/** Where and as whom a command calls. */
export interface CloudFlags {
  readonly stack?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly protocol?: string;
}

export function withCloudFlags(command: Command): Command {
  return command
    .option("--stack <name>", "sign in with the alicloud: configuration of this stack")
    .option("--region <id>", "the region of the instances")
    .option("--profile <name>", "profile of the aliyun CLI to sign in with")
    .option("--endpoint <host>", "endpoint, if not the region's")
    .option("--protocol <protocol>", "HTTP or HTTPS");
}

/** The cloud as the resources of that stack see it, or as the environment says, and what the flags say of the way there. */
export async function cloudOf(
  { stack, region, profile, endpoint, protocol }: CloudFlags,
  warn: (line: string) => void = (line) => console.error(line),
): Promise<{ readonly cloud: StackCloud; readonly overrides: ConnectionOverrides | undefined }> {
  const cloud = stackCloud(process.env, { warn, debug: () => undefined });
  if (stack !== undefined) cloud.configure(await stackConfiguration(stack));
  const told = Object.entries({ region, profile, endpoint, protocol }).filter(
    ([, value]) => value !== undefined,
  );
  return { cloud, overrides: told.length === 0 ? undefined : Object.fromEntries(told) };
}
