import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Problem } from "./problem";
import { holdsUnknown, unknown } from "./unknown";

/** The inputs by name, each with its shape. Every field is parsed by itself, so one bad field hides no other. */
const fields = {
  sourceDbInstanceId: z.string(),
  targetDbInstanceId: z.string(),
  dbNames: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.string())]),
  backupId: z.string(),
  restoreTime: z.string(),
  maxBackupAge: z.string(),
  syncUserPrivilege: z.union([z.boolean(), z.enum(["YES", "NO"])]),
  requireTargetTags: z.record(z.string(), z.string()),
  adoptExisting: z.boolean(),
  preflight: z.enum(["enforce", "warn", "off"]),
  ownershipMarks: z.boolean(),
  timeouts: z.strictObject({ create: z.string(), update: z.string(), delete: z.string() }).partial(),
  connection: z
    .strictObject({
      region: z.string(),
      profile: z.string(),
      endpoint: z.string(),
      protocol: z.enum(["HTTP", "HTTPS", "http", "https"]),
      assumeRole: z.strictObject({
        roleArn: z.string(),
        sessionName: z.string().optional(),
        sessionExpiration: z.number().optional(),
        policy: z.string().optional(),
        externalId: z.string().optional(),
      }),
    })
    .partial(),
  resourceUrn: z.string(),
  generation: z.number(),
  createFirst: z.boolean(),
  secretInputs: z.array(z.string()),
} as const satisfies Record<string, z.ZodType>;

const required: readonly FieldName[] = ["sourceDbInstanceId", "targetDbInstanceId", "dbNames"];

/** What each input must be, for the sentence. */
const expected: Readonly<Record<FieldName, string>> = {
  sourceDbInstanceId: "the id of an RDS instance, as text",
  targetDbInstanceId: "the id of an RDS instance, as text",
  dbNames: 'a list of names, a map from source name to target name, or a text such as "orders,crm"',
  backupId: "the id of a backup set, as text (ids are too long for a number)",
  restoreTime: 'a Date, or text such as "2026-03-01T02:00:00Z"',
  maxBackupAge: 'a duration such as "36h" or "7d"',
  syncUserPrivilege: 'true, false, "YES" or "NO"',
  requireTargetTags: 'a map of tags, such as { env: "staging" }, with texts as values',
  adoptExisting: "true or false",
  preflight: '"enforce", "warn" or "off"',
  ownershipMarks: "true or false",
  timeouts: 'durations for create, update and delete, such as { create: "90m" }',
  connection: "an object with region, profile, endpoint, protocol or assumeRole",
  resourceUrn: "text",
  generation: "a number",
  createFirst: "true or false",
  secretInputs: "a list of names of inputs",
};

type FieldName = keyof typeof fields;

/** The inputs as they were given, each field in its shape, not known yet, or absent. */
export type ShapedInputs = { readonly [Name in FieldName]?: z.infer<(typeof fields)[Name]> | typeof unknown };

/** Sorts the given inputs into shapes and lists every one that has none. */
export function shapeInputs(given: Readonly<Record<string, unknown>>): {
  shaped: ShapedInputs;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const shaped: Record<string, unknown> = {};
  for (const name of required) {
    if (given[name] === undefined || given[name] === null) {
      problems.push({ property: name, reason: `is required: ${expected[name]}.` });
    }
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || name === "__provider") continue;
    if (!isField(name)) {
      problems.push({ property: name, reason: unknownName(name, Object.keys(fields)) });
    } else if (value === unknown) {
      shaped[name] = unknown;
    } else {
      problems.push(...pastedOutputs(name, value));
      // What should have been there is not known: everything beside it is still checked.
      const readable = withoutPasted(value);
      const parsed = fields[name].safeParse(knownPart(readable));
      if (readable === unknown) shaped[name] = unknown;
      else if (parsed.success) shaped[name] = withUnknowns(parsed.data, readable);
      else problems.push(...shapeProblems(name, readable, parsed.error));
    }
  }
  return { shaped: shaped as ShapedInputs, problems };
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(fields, name) && name !== "__proto__";
}

/** What is known of a value. An unknown element makes a list unknown as a whole; an unknown entry of a map is left out. */
function knownPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((element) => element !== unknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (entry === unknown ? [] : [[key, knownPart(entry)]])),
  );
}

function withUnknowns(parsed: unknown, given: unknown): unknown {
  if (!holdsUnknown(given)) return parsed;
  if (Array.isArray(given) || typeof parsed !== "object") return unknown;
  return { ...(given as object), ...parsed };
}

function shapeProblems(name: FieldName, value: unknown, error: z.ZodError): Problem[] {
  const strict = error.issues.filter((issue) => issue.code === "unrecognized_keys");
  const others = error.issues.filter((issue) => issue.code !== "unrecognized_keys");
  const names = strict.flatMap(({ keys, path }) =>
    keys.map((key) => ({
      property: [name, ...path, key].join("."),
      reason: /secret|accesskey|token|password/i.test(key)
        ? `is not an input: "connection" holds no secrets. Keys belong in the stack's configuration (alicloud:accessKey, alicloud:secretKey) or in the environment.`
        : unknownName(key, name === "timeouts" ? ["create", "update", "delete"] : connectionNames),
    })),
  );
  // A wrong entry is named by its path; a union has none of its own, so its wrong entries are looked for.
  const paths = new Set(others.flatMap(({ path }) => [[name, ...path].join(".")]));
  if (name === "dbNames" && typeof value === "object" && value !== null) {
    const wrong = Object.entries(value).filter(([, entry]) => typeof entry !== "string" && entry !== unknown);
    return wrong.map(([key, entry]) => ({
      property: `dbNames.${key}`,
      reason: `must be a name, and is ${shown(entry)}.`,
    }));
  }
  return [
    ...names,
    ...[...paths].map((property) => ({
      property,
      reason:
        property === name
          ? `must be ${expected[name]}; it is ${shown(value)}.`
          : `must be text of the form that ${name} takes: ${expected[name]}.`,
    })),
  ];
}

const connectionNames = [
  "region",
  "profile",
  "endpoint",
  "protocol",
  "assumeRole",
  "roleArn",
  "sessionName",
  "sessionExpiration",
  "policy",
  "externalId",
];

/** Inputs that the package writes for itself. */
const hiddenNames: ReadonlySet<string> = new Set(["resourceUrn", "generation", "createFirst", "secretInputs"]);

function unknownName(name: string, known: readonly string[]): string {
  const visible = known.filter((candidate) => !hiddenNames.has(candidate));
  const nearest = visible
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.steps - right.steps)[0];
  const hint =
    nearest && nearest.steps <= Math.max(2, Math.ceil(name.length / 3))
      ? `; did you mean ${nearest.candidate}?`
      : `; known are ${visible.join(", ")}.`;
  return `is not an input${hint}`;
}

/** Whether a text holds what an Output or a Promise turns into when it is pasted into a text. */
function isPasted(value: unknown): boolean {
  return (
    typeof value === "string" && /Calling \[toString\] on an \[Output|\[object (Promise|Object)\]/.test(value)
  );
}

/** A value with nothing known in the place of pasted Outputs; a key that is one is left out with its entry. */
function withoutPasted(value: unknown): unknown {
  if (isPasted(value)) return unknown;
  if (Array.isArray(value)) return value.map(withoutPasted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (isPasted(key) ? [] : [[key, withoutPasted(entry)]])),
  );
}

function pastedOutputs(path: string, value: unknown): Problem[] {
  if (typeof value === "string") {
    if (!isPasted(value)) return [];
    return [
      {
        property: path,
        reason:
          "is an Output that was pasted into a text. Pass the Output itself, or build the text with pulumi.interpolate`...`.",
      },
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    ...pastedOutputs(path, Array.isArray(value) ? "" : key).map((problem) => ({
      ...problem,
      property: path,
    })),
    ...pastedOutputs(`${path}.${key}`, entry),
  ]);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Object) return Object.keys(value).length === 0 ? "an empty object" : "an object";
  return `${typeof value === "string" ? "the text" : `the ${typeof value}`} ${JSON.stringify(value)}`;
}
