import * as pulumi from "@pulumi/pulumi";
import { veiled } from "../engine/secretOutputs";
import { saidInRun } from "./saidInRun";
import { secretsAmong } from "./secretsAmong";

/** The same fields, each an input that may be known later; optional ones may be `undefined`. */
export type AsInputs<T> = { readonly [Name in keyof T]: pulumi.Input<T[Name]> };

/** Asks once all of a question is known. What is said of it, and why it has no answer, is said without what was secret in it. */
export function askWhenKnown<T extends object, Answer>(
  args: AsInputs<T>,
  ask: (known: T) => Promise<Answer>,
): pulumi.Output<Answer> {
  const known = pulumi.output<unknown>(args) as pulumi.Output<T>;
  return known.apply<Answer>(async (question) => {
    const { learn, veil } = saidInRun();
    learn({ ...question, secretInputs: await secretsAmong({ ...args }) });
    try {
      return await ask(question);
    } catch (error) {
      throw error instanceof Error ? veiled(error, veil, {}) : error;
    }
  });
}
