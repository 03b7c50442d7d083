import type { Command } from "commander";
import { isLoopback } from "../gateway/loopback.js";
import type { Keys } from "../gateway/signedQuery.js";

export interface KeyFlags {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

export const withKeyOptions = (command: Command): Command =>
  command
    .option("--access-key-id <id>", "the key; see below for where it comes from otherwise")
    .option(
      "--access-key-secret <secret>",
      "its secret; other users of this machine can see what you type here",
    )
    .option("--security-token <token>", "of a session")
    .addHelpText(
      "after",
      `
Without --access-key-id the key is simulated-key / simulated-secret for an endpoint on this machine, and for any
other the one in ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ALIBABA_CLOUD_SECURITY_TOKEN.`,
    );

/** @throws Error with a sentence where there is no key for the endpoint */
export function keysFor(hostname: string, flags: KeyFlags): Keys {
  const { accessKeyId, accessKeySecret, securityToken } = flags;
  if (accessKeyId !== undefined || accessKeySecret !== undefined) {
    if (accessKeyId === undefined || accessKeySecret === undefined)
      throw new Error("--access-key-id and --access-key-secret go together.");
    return { accessKeyId, accessKeySecret, securityToken };
  }
  if (isLoopback(hostname))
    return { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret", securityToken };
  const { env } = process;
  const id = env["ALIBABA_CLOUD_ACCESS_KEY_ID"] ?? "";
  const secret = env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] ?? "";
  if (id === "" || secret === "")
    throw new Error(
      `There is no key for ${hostname}: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.`,
    );
  return {
    accessKeyId: id,
    accessKeySecret: secret,
    securityToken: securityToken ?? env["ALIBABA_CLOUD_SECURITY_TOKEN"],
  };
}
