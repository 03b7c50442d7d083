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
    (error: { stderr?: string; message: string }) => {
      const said = (error.stderr ?? error.message).trim();
      throw new CommandRefusal(`The configuration of stack ${stack} could not be read. pulumi said: ${said}`);
    },
  );
  const values = shape.parse(JSON.parse(stdout));
  return alicloudKeys((key) => values[key]?.objectValue ?? values[key]?.value);
}

const shape = z.record(
  z.string(),
  z.object({ value: z.string().optional(), objectValue: z.unknown().optional() }),
);
