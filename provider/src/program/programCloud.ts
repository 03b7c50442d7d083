import * as pulumi from "@pulumi/pulumi";
import { alicloudKeys, stackCloud, type StackCloud } from "../engine/stackCloud";
import type { ConnectionOverrides } from "../rds/connection";
import { RdsFailure } from "../rds/failure";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { SignInProblem } from "../rds/signIn/signInProblem";
import type { Clock } from "../time/clock";
import { saidInRun } from "./saidInRun";

/**
 * Asks the cloud from within a program, signed in as the stack's resources are: by its `alicloud:`
 * configuration and the environment. The SDK is loaded by the first question.
 */
export async function askFromProgram<T>(
  what: string,
  overrides: ConnectionOverrides | undefined,
  ask: (rds: RdsApi, clock: Clock) => Promise<T>,
): Promise<T> {
  const stack = cloudOfRun();
  try {
    const clock = await stack.clock(overrides);
    return await ask(patientReads(stack.rds(overrides), clock), clock);
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

/** One process may run several programs, one after the other and at once (Automation API): each has a stack of its own. */
const clouds = new WeakMap<pulumi.Resource, StackCloud>();

/** All questions of a run sign in once. */
function cloudOfRun(): StackCloud {
  const run = pulumi.runtime.getStackResource();
  const known = run && clouds.get(run);
  if (known) return known;
  const cloud = stackCloud(process.env, saidInRun());
  // `pulumi.Config` would warn about every secret that is read here; none of them leaves this module.
  cloud.configure(alicloudKeys((key) => pulumi.runtime.getConfig(key)));
  if (run) clouds.set(run, cloud);
  return cloud;
}

/** A question that has no answer for a foreseeable reason, told in a sentence. */
export class UnansweredQuestion extends Error {
  override readonly name = "UnansweredQuestion";
}
