import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "zod";
import { alicloudKeys } from "../engine/stackCloud";
import type { StackConfiguration } from "../rds/connection";
import { CommandRefusal } from "./refusal";

/** The configuration of a stack of the project in this folder, as the CLI tells it. */
export async function stackConfiguration(stack: string): Promise<StackConfiguration> {
  const args = ["config", "--json", "--show-secrets", "--stack", stack, "--non-interactive"];
  const { stdout } = await promisify(execFile)("pulumi", args, { maxBuffer: 16 * 1024 * 1024 }).catch(
    (error: Failed) => {
      throw new CommandRefusal(`The configuration of stack ${stack} could not be read. ${whyNot(error)}`);
    },
  );
  const values = shape.parse(JSON.parse(stdout));
  return alicloudKeys((key) => values[key]?.objectValue ?? values[key]?.value);
}

/** What `execFile` fails with: a code of Node where the command was not run, else its exit code. */
interface Failed {
  readonly code?: string | number | null;
  readonly signal?: string | null;
  readonly stderr?: string;
  readonly message: string;
}

function whyNot({ code, signal, stderr = "", message }: Failed): string {
  const said = stderr.trim();
  if (said !== "") return `pulumi said: ${said}`;
  if (code === "ENOENT")
    return "There is no command pulumi on PATH: install the Pulumi CLI, or leave --stack out and say in the environment whom to sign in as.";
  if (typeof code === "string") return `pulumi could not be run (${code}): ${message}.`;
  return `pulumi ended with ${signal ? `the signal ${signal}` : `exit code ${code}`} and said nothing.`;
}

const shape = z.record(
  z.string(),
  z.object({ value: z.string().optional(), objectValue: z.unknown().optional() }),
);
