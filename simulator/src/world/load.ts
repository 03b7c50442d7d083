import type { Static } from "@sinclair/typebox";
import { Ajv, type ErrorObject } from "ajv";
import addFormats from "ajv-formats";
import { complete } from "./complete.js";
import { meaningProblems, type Problem } from "./problems.js";
import { worldSchema, type World, type WorldInput } from "./schema.js";

/** A world document that cannot be used; carries every problem, not only the first. */
export class WorldError extends Error {
  override readonly name = "WorldError";
  constructor(readonly problems: readonly Problem[]) {
    super(
      [
        `The world cannot be used: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`,
        ...problems.map((problem) => `  ${problem.path || "(the document)"}: ${problem.message}`),
      ].join("\n"),
    );
  }
}

/**
 * Checks a world document and fills in every default.
 *
 * @param realNow milliseconds; the world's `now` when the document gives none
 * @throws WorldError with every problem and its path
 */
export function createWorld(document: WorldInput, realNow: number): World {
  const filled: unknown = structuredClone(document);
  if (!validate(filled)) throw new WorldError((validate.errors ?? []).map(asProblem));
  const problems = meaningProblems(filled);
  if (problems.length > 0) throw new WorldError(problems);
  return complete(filled, realNow);
}

const ajv = new Ajv({ allErrors: true, useDefaults: true, discriminator: true, verbose: true });
addFormats(ajv, ["date-time"]);
const validate = ajv.compile<Static<typeof worldSchema>>(worldSchema);

function asProblem(error: ErrorObject): Problem {
  const path = error.instancePath
    .replaceAll(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".")
    .replace(/^\./, "");
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "additionalProperties":
      return {
        path: join(path, String(params["additionalProperty"])),
        message: `is not a field of a world; those that can stand there are ${knownFields(error).join(", ")}`,
      };
    case "required":
      return { path: join(path, String(params["missingProperty"])), message: "is missing" };
    case "enum":
      return { path, message: `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}` };
    case "format":
      return { path, message: "must be a time such as 2026-03-01T02:00:00Z" };
    default:
      return { path, message: error.message ?? "is wrong" };
  }
}

/** Ajv passes the schema of the place on when it is verbose. */
const knownFields = ({ parentSchema }: ErrorObject): string[] =>
  Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);
