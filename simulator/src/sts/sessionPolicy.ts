import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

/** What the policy of a session takes away: the actions that its statements deny. */
export function sessionPolicy(text: string | undefined): string[] {
  if (text === undefined || text === "") return [];
  const policy = parse(text);
  const statements = policy["Statement"];
  if (!Array.isArray(statements)) throw refuse(malformed);
  return statements.flatMap((statement: unknown) => {
    if (!isObject(statement)) throw refuse(malformed);
    const actions: unknown = statement["Action"];
    const list: unknown[] = Array.isArray(actions) ? actions : [actions];
    if (!list.every((action) => typeof action === "string")) throw refuse(malformed);
    return statement["Effect"] === "Deny" ? list : [];
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal: text that is no JSON is as wrong as JSON of another kind.
  }
  throw refuse(malformed);
}

const of = {
  action: "AssumeRole, AssumeRoleWithOIDC",
  parameter: "Policy",
  source: sources.stsErrorPage,
} as const;

const malformed = refusal({
  ...of,
  id: "sts.policy",
  code: "InvalidParameter.PolicyGrammar",
  status: 400,
  message: "The parameter Policy has not passed grammar check.",
  says: "A policy is a JSON object with a list of statements.",
  basis: "documented",
});
behaviour({
  ...of,
  id: "sts.policy-denies",
  says: "Of a session's policy only what it denies is heeded; that it allows nothing else is not simulated.",
  basis: "inferred",
  source: sources.simulator,
});
