import type { Call } from "../call/call.js";
import { badValue, flag } from "../parameters/badValue.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { sqlServerParameters } from "../world/sqlServerParameters.js";
import { action } from "./action.js";
import { given } from "./askedInstance.js";
import { runningInstance } from "./writableInstance.js";

export const modifyParameter = action({
  name: "ModifyParameter",
  required: ["DBInstanceId"],
  optional: ["Forcerestart", "ParameterGroupId", "Parameters"],
  refuses: { SwitchTime: [], SwitchTimeMode: ["Immediate"] },
  handle(call) {
    const instance = runningInstance(call, "ModifyParameter");
    const group = given(call, "ParameterGroupId");
    const values = askedValues(call);
    if (group === undefined && values === undefined) throw refuse(nothingNamed);
    const restarts = flag(call.params, "Forcerestart") ?? false;
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      if (group !== undefined) changed.parameterGroupId = group;
      const waiting = { ...changed.waitingParameters, ...values };
      const takesEffect = (name: string) => restarts || !needsRestart(name);
      const entries = Object.entries(waiting);
      Object.assign(changed.parameters, Object.fromEntries(entries.filter(([name]) => takesEffect(name))));
      changed.waitingParameters = Object.fromEntries(entries.filter(([name]) => !takesEffect(name)));
    });
    return {};
  },
});

const needsRestart = (name: string): boolean =>
  sqlServerParameters.some((parameter) => parameter.name === name && parameter.restart);

/** The text of a JSON object: each a known parameter with a value in its range. */
function askedValues(call: Call): Record<string, string> | undefined {
  const text = given(call, "Parameters");
  if (text === undefined) return undefined;
  const asked = parsed(text);
  for (const [name, value] of Object.entries(asked)) {
    const known = sqlServerParameters.find((parameter) => parameter.name === name);
    const fits = typeof value === "string" && /^-?\d{1,10}$/.test(value);
    if (known === undefined || !fits || Number(value) < known.from || Number(value) > known.to)
      throw badValue("Parameters");
  }
  return asked as Record<string, string>;
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the refusal: text that is no JSON is as wrong as JSON of another kind.
  }
  throw badValue("Parameters");
}

const nothingNamed = refusal({
  id: "modify-parameter.nothing",
  action: "ModifyParameter",
  parameter: "Parameters, ParameterGroupId",
  code: "MissingParameter",
  status: 400,
  message: "Parameters or a group of them must be named.",
  says: "Parameters or a template are named.",
  basis: "documented",
  source: sources.sdk,
});
behaviour({
  id: "modify-parameter.restart",
  action: "ModifyParameter",
  parameter: "Forcerestart",
  says: "What needs a restart is shown in ConfigParameters until a call with Forcerestart true; everything else, and then that too, in RunningParameters. The instance stays Running.",
  basis: "inferred",
  source: sources.sdk,
});
