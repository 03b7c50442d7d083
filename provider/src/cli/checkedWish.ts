import type { PartialInputs } from "../lifecycle/inputs";
import { normaliseInputs } from "../lifecycle/normalise";
import type { Clock } from "../time/clock";
import { CommandRefusal } from "./refusal";

/**
 * The copy that a command is about, as inputs in their normal form: what the check of a resource would refuse is refused in its
 * words. Without `dbNames` the command finds the databases itself.
 */
export function checkedWish(given: Readonly<Record<string, unknown>>, clock: Clock): PartialInputs {
  const { inputs, problems } = normaliseInputs(given, clock);
  const told = problems.filter(({ property }) => property !== "dbNames" || given["dbNames"] !== undefined);
  if (told.length > 0)
    throw new CommandRefusal(told.map(({ property, reason }) => `${property} ${reason}`).join("\n"));
  return inputs;
}
