import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

/** Refuses what the real action would act on and the simulator would lose. An empty value is one that was not given. */
export function checkUnsupportedParameters(
  { name: action, refuses = {} }: Refusing,
  params: Readonly<Record<string, string>>,
): void {
  for (const [name, harmless] of Object.entries(refuses)) {
    const value = params[name] ?? "";
    if (value === "" || harmless.some((allowed) => allowed.toLowerCase() === value.toLowerCase())) continue;
    throw unsupportedParameter(action, name);
  }
}

interface Refusing {
  readonly name: string;
  readonly refuses?: Readonly<Record<string, readonly string[]>>;
}

/** The same refusal, where only the action can tell which value it does not act on. */
export const unsupportedParameter = (action: string, name: string) =>
  refuse(unsupported, { values: { action, name } });

const unsupported = refusal({
  id: "all.unsupported-parameter",
  action: "*",
  code: "SimulatorUnsupportedParameter",
  status: 400,
  message:
    "The simulator does not act on this value of the parameter {name} of {action}; this says nothing about the real service.",
  says: "A documented parameter that the simulator does not act on is refused by its name, unless its value asks for what holds anyway. What no model of the official SDK lists is passed over.",
  basis: "documented",
  source: sources.simulator,
});
behaviour({
  id: "all.client-token",
  action: "*",
  parameter: "ClientToken",
  says: "A call that makes an instance or a network remembers its token. Every other action that takes one reads, or sets a value: made twice, it changes nothing more.",
  basis: "inferred",
  source: sources.metadata,
});
