import * as pulumi from "@pulumi/pulumi";
import { veilOf } from "../engine/secretTexts";
import { secretsAmong } from "./secretsAmong";

/** The same fields, each an input that may be known later; optional ones may be `undefined`. */
export type AsInputs<T> = { readonly [Name in keyof T]: pulumi.Input<T[Name]> };

/** Asks once all of a question is known. Why it has no answer is said without what was secret in it. */
export function askWhenKnown<T extends object, Answer>(
  args: AsInputs<T>,
  ask: (known: T) => Promise<Answer>,
): pulumi.Output<Answer> {
  const known = pulumi.output<unknown>(args) as pulumi.Output<T>;
  return known.apply<Answer>(async (question) => {
    try {
      return await ask(question);
    } catch (error) {
      if (!pulumi.RunError.isInstance(error)) throw error;
      const secretInputs = await secretsAmong({ ...args });
      throw new pulumi.RunError(veilOf({ ...question, secretInputs })(error.message));
    }
  });
}
