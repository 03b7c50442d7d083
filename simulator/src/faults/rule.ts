import { validateHeaderName, validateHeaderValue } from "node:http";
import type { TSchema } from "@sinclair/typebox";
import { Ajv, type ErrorObject } from "ajv";
import { actions } from "../actions/registry.js";
import { ruleParts, type FaultRule, type FaultThen } from "./schema.js";

export type { Fault, FaultRule, FaultThen, FaultWhen } from "./schema.js";

/**
 * A rule as somebody gave it. What could never be played is refused here, and not when it would fire.
 *
 * @throws Error with a sentence about the part that was meant
 */
export function readFaultRule(value: unknown): FaultRule {
  const wrong =
    shapeProblem(ruleParts.rule, value, "the rule") ??
    actionProblem((value as { action: string }).action) ??
    branchProblem(ruleParts.when, (value as { when?: unknown }).when ?? { nth: 1 }, "when") ??
    branchProblem(ruleParts.then, (value as { then: unknown }).then, "then") ??
    meaningProblem((value as FaultRule).then);
  if (wrong === undefined) return value as FaultRule;
  throw new Error(
    `This is not a fault rule: ${wrong}. ` +
      'An example: {"action": "DescribeBackups", "when": {"nth": 1}, "then": {"delayMs": 6000}}.',
  );
}

const ajv = new Ajv();

function shapeProblem(schema: TSchema, value: unknown, path: string): string | undefined {
  if (ajv.validate(schema, value)) return undefined;
  const [error] = ajv.errors ?? [];
  return error === undefined ? undefined : `${path}${error.instancePath.replaceAll("/", ".")} ${says(error)}`;
}

function says({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case "additionalProperties":
      return `has no field ${String((params as { additionalProperty: unknown }).additionalProperty)}`;
    case "enum":
      return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(", ")}`;
    default:
      return message ?? "is wrong";
  }
}

function actionProblem(action: string): string | undefined {
  const known = action === "*" || actions.some(({ name }) => name.toLowerCase() === action.toLowerCase());
  return known ? undefined : `"${action}" is no action of the simulator, so the rule would never fire`;
}

/** Which branch was meant is told by the one of its names that is there. */
function branchProblem(
  branches: Readonly<Record<string, TSchema>>,
  value: unknown,
  path: string,
): string | undefined {
  const names = Object.keys(branches);
  const meant = names.filter((name) => typeof value === "object" && value !== null && name in value);
  const branch = meant.length === 1 ? branches[meant[0] ?? ""] : undefined;
  return branch === undefined
    ? `${path} must have one of ${names.join(", ")}`
    : shapeProblem(branch, value, path);
}

/** What JSON allows and HTTP does not. */
function meaningProblem(then: FaultThen): string | undefined {
  if (!("raw" in then)) return undefined;
  const { status, body, contentType, headers = {} } = then.raw;
  if ([204, 205, 304].includes(status) && body !== "")
    return `then.raw.body must be empty, as an answer with the status ${status} has none`;
  for (const [name, value] of Object.entries({ ...headers, "content-type": contentType ?? "" })) {
    if (framing.includes(name.toLowerCase()))
      return `then.raw.headers must not have ${name}, which follows from the body; {"drop": "midway"} cuts one off`;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      return `then.raw.headers has ${JSON.stringify(name)}, which HTTP cannot send: ${(error as Error).message}`;
    }
  }
  return undefined;
}

const framing = ["content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade"];
