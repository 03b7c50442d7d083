import { LifecycleError, type Ending } from "../lifecycle/state";
import type { Problem } from "../lifecycle/pastedOutput";
import { RdsFailure } from "../rds/failure";
import { SignInProblem } from "../rds/signIn/signInProblem";
import { providerKey, toEngine, type Properties } from "./wire";

/**
 * A failed initialisation: the engine keeps the resource with exactly these properties, and the next run
 * calls `update`. Without the provider's text among them not even a destroy would work
 * (docs/engine-notes.md).
 */
export class InitializationError extends Error {
  override readonly name = "InitializationError";
  readonly id: string;
  readonly reasons: readonly string[];
  readonly properties: Properties;

  constructor({ id, state, reasons }: Ending, inputs: Properties) {
    super(reasons.join("\n"));
    this.id = id;
    this.reasons = reasons;
    this.properties = { ...toEngine(state), [providerKey]: inputs[providerKey] };
  }
}

/**
 * An error as the engine should get it. For check, diff, read and delete the dynamic-provider process also
 * prints `${error}: ${error.stack}` as a line of the stack: a defect shows its stack there, a foreseeable
 * failure only says where its sentence is.
 */
export function forEngine(error: unknown): Error {
  if (error instanceof InitializationError) return error;
  if (error instanceof LifecycleError || error instanceof RdsFailure || error instanceof SignInProblem) {
    const foreseen = new Error(error.message);
    foreseen.toString = () => "A DatabaseCopy failed";
    foreseen.stack = "its own error says why.";
    return foreseen;
  }
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Problems as the engine takes them. Given a property, it prints `property P value {V} has a problem: ...`, and V is
 * `<nil>` for a path inside an input: so the sentence names the property, and the engine is given none.
 */
export function checkFailures(problems: readonly Problem[]): { property: string; reason: string }[] {
  return problems.map(({ property, reason }) => ({
    property: "",
    reason: /^[a-z]/.test(reason) ? `${property} ${reason}` : `${property}: ${reason}`,
  }));
}
