import * as pulumi from "@pulumi/pulumi";
import { alicloudKeys, stackCloud } from "../dynamic/stackCloud";
import type { ConnectionOverrides } from "../rds/connection";
import { RdsFailure } from "../rds/failure";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { SignInProblem } from "../rds/signIn/signInProblem";
import type { Clock } from "../time/clock";

/**
 * Asks the cloud from within a program, signed in as the stack's resources are: by its `alicloud:`
 * configuration and the environment. The SDK is loaded by the first question.
 */
export async function askFromProgram<T>(
  what: string,
  overrides: ConnectionOverrides | undefined,
  ask: (rds: RdsApi, clock: Clock) => Promise<T>,
): Promise<T> {
  const listener = {
    warn: (line: string) => void pulumi.log.warn(line),
    debug: (line: string) => void pulumi.log.debug(line),
  };
  // `pulumi.Config` would warn about every secret that is read here; none of them leaves this function.
  const stack = stackCloud(process.env, listener);
  stack.configure(alicloudKeys((key) => pulumi.runtime.getConfig(key)));
  try {
    const clock = stack.clock(overrides);
    return await ask(patientReads(stack.rds(overrides), clock, budgetMs), clock);
  } catch (error) {
    if (
      error instanceof RdsFailure ||
      error instanceof SignInProblem ||
      error instanceof UnansweredQuestion
    ) {
      // Shown as it is, without a stack trace.
      throw new pulumi.RunError(`${what} failed. ${error.message}`);
    }
    throw error;
  }
}

/** A question that has no answer for a foreseeable reason, told in a sentence. */
export class UnansweredQuestion extends Error {
  override readonly name = "UnansweredQuestion";
}

/** How long one question may be asked again before it counts as failed. */
const budgetMs = 20_000;
