import { RdsFailure } from "../rds/failure";
import { SignInProblem } from "../rds/signIn/signInProblem";

/** A foreseeable reason not to do what a command was asked for, as a sentence. */
export class CommandRefusal extends Error {
  override readonly name = "CommandRefusal";
}

/** Whether the message alone says what a person needs, without a stack trace. */
export function isForeseen(error: unknown): error is Error {
  return error instanceof CommandRefusal || error instanceof RdsFailure || error instanceof SignInProblem;
}
