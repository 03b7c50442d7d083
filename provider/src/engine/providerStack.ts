import { engineReporter } from "./engineReporter";
import { stackVeil, veiledReporter } from "./secretTexts";
import { stackCloud, type StackCloud } from "./stackCloud";
import type { Properties } from "./wire";

/** The stack, for the providers of one process: they sign in once for all, and what is said of it hides the secrets of each. */
export interface ProviderStack {
  readonly cloud: StackCloud;
  /** Hides from now on what this resource gave as a secret. */
  learn(properties: Properties): void;
  /** Resolves when everything said so far has arrived, or could not. */
  flush(): Promise<void>;
}

export function providerStack(env: NodeJS.ProcessEnv): ProviderStack {
  const { learn, veil } = stackVeil();
  // What concerns the stack and not one resource: whom it signs in as.
  const report = veiledReporter(engineReporter(undefined), veil);
  return { cloud: stackCloud(env, report), learn, flush: () => report.flush() };
}

let shared: ProviderStack | undefined;

/** The one of this process, which the engine starts for one run of one stack. */
export function stackOfProcess(): ProviderStack {
  shared ??= providerStack(process.env);
  return shared;
}
