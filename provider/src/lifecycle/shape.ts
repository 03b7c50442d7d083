import { distance } from "fastest-levenshtein";
import * as z from "zod";
import { pastedOutputs, withoutPasted, type Problem } from "./pastedOutput";
import { unknown, type OrUnknown } from "./unknown";

const text = z.string().min(1);
const nameList = z.array(z.string());
const nameMap = z.record(z.string(), z.string());
const assumeRole = z.strictObject({
  roleArn: text,
  sessionName: text.optional(),
  sessionExpiration: z.number().optional(),
  policy: text.optional(),
  externalId: text.optional(),
});
const connection = z
  .strictObject({
    region: text,
    profile: text,
    endpoint: z.string(),
    protocol: z.enum(["HTTP", "HTTPS", "http", "https"]),
    assumeRole,
  })
  .partial();
const timeouts = z.strictObject({ create: z.string(), update: z.string(), delete: z.string() }).partial();

/** The inputs by name, each with its shape. Every field is parsed by itself, so one bad field hides no other. */
const fields = {
  sourceDbInstanceId: z.string(),
  targetDbInstanceId: z.string(),
  dbNames: z.union([z.string(), nameList, nameMap]),
  backupId: z.string(),
  restoreTime: z.string(),
  maxBackupAge: z.string(),
  syncUserPrivilege: z.union([z.boolean(), z.enum(["YES", "NO"])]),
  requireTargetTags: z.record(z.string(), z.string()),
  adoptExisting: z.boolean(),
  claim: z.array(z.string()),
  preflight: z.enum(["enforce", "warn", "off"]),
  ownershipMarks: z.boolean(),
  timeouts,
  connection,
  resourceUrn: z.string(),
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  deleteBeforeReplace: z.boolean(),
  foundAt: z.object({ region: z.string(), endpoint: z.string() }),
  secretInputs: z.array(z.string()),
} as const satisfies Record<string, z.ZodType>;

type FieldName = keyof typeof fields;

/** Inputs that the package writes for itself. */
const hidden: ReadonlySet<FieldName> = new Set([
  "resourceUrn",
  "protect",
  "retainOnDelete",
  "deleteBeforeReplace",
  "foundAt",
  "secretInputs",
]);

const required: readonly FieldName[] = ["sourceDbInstanceId", "targetDbInstanceId", "dbNames"];

/** What each input must be, for the sentence. */
const expected: Readonly<Record<FieldName, string>> = {
  sourceDbInstanceId: "the id of an RDS instance, as text",
  targetDbInstanceId: "the id of an RDS instance, as text",
  dbNames: 'a list of names, a map from source name to target name, or a text such as "orders,crm"',
  backupId: "the id of a backup set, as text (ids are too long for a number)",
  restoreTime: 'a Date, or a text such as "2026-03-01T02:00:00Z"',
  maxBackupAge: 'a duration such as "36h" or "7d"',
  syncUserPrivilege: 'true, false, "YES" or "NO"',
  requireTargetTags: 'a map of tags such as { env: "staging" }',
  adoptExisting: "true or false",
  claim: "a list of ids of marks",
  preflight: '"enforce", "warn" or "off"',
  ownershipMarks: "true or false",
  timeouts: 'an object of durations for create, update and delete, such as { create: "90m" }',
  connection: "an object with region, profile, endpoint, protocol or assumeRole",
  resourceUrn: "a text",
  protect: "true or false",
  retainOnDelete: "true or false",
  deleteBeforeReplace: "true or false",
  foundAt: "an object with region and endpoint",
  secretInputs: "a list of names of inputs",
};

/** The same for the entries of an input, where the kind of value alone would say too little. */
const expectedEntries: { readonly [Name in FieldName]?: string } = {
  dbNames: "the name of a database, as text",
  claim: "the id of a mark, as text",
  timeouts: 'a duration such as "90m"',
};

/** The inputs as they were given, each in its shape, not known yet, or absent. Entries may be unknown, too. */
export type ShapedInputs = {
  readonly [Name in Exclude<FieldName, "dbNames">]?: OrUnknown<z.infer<(typeof fields)[Name]>>;
} & {
  readonly dbNames?: OrUnknown<
    string | readonly OrUnknown<string>[] | Readonly<Record<string, OrUnknown<string>>>
  >;
};

/** Sorts the given inputs into shapes and lists every one that has none. */
export function shapeInputs(given: Readonly<Record<string, unknown>>): {
  shaped: ShapedInputs;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const shaped: Record<string, unknown> = {};
  for (const name of required) {
    if (given[name] === undefined || given[name] === null)
      problems.push({ property: name, reason: `is required: ${expected[name]}.` });
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || name === "__provider") continue;
    if (!isField(name)) {
      problems.push({ property: name, reason: notAnInput(name, visibleNames) });
      continue;
    }
    // What should have been in place of a pasted Output is not known: everything beside it is still checked.
    const readable = withoutPasted(value);
    const found = readable === unknown ? [] : shapeProblems(name, readable);
    problems.push(...pastedOutputs(name, value), ...found);
    if (found.length === 0) shaped[name] = readable;
  }
  return { shaped, problems };
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}

const visibleNames = Object.keys(fields).filter((name) => isField(name) && !hidden.has(name));

function shapeProblems(name: FieldName, value: unknown): Problem[] {
  const issues = schemaOf(name, value).safeParse(value).error?.issues ?? [];
  return issues.flatMap((issue) => {
    const found = at(value, issue.path);
    const property = [name, ...issue.path].join(".");
    if (found === unknown) return [];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        property: `${property}.${key}`,
        reason: unknownKey(key, name, issue.path),
      }));
    if (issue.code === "too_small") return [{ property, reason: "must not be empty." }];
    const wanted = issue.path.length === 0 ? expected[name] : (expectedEntries[name] ?? kindOf(issue));
    if (found === undefined) return [{ property, reason: `is required: ${wanted}.` }];
    return [{ property, reason: `must be ${wanted}; it is ${shown(found)}.` }];
  });
}

/** A union does not tell which entry of which form is wrong, so the form is chosen first. */
function schemaOf(name: FieldName, value: unknown): z.ZodType {
  if (name !== "dbNames" || typeof value !== "object") return fields[name];
  return Array.isArray(value) ? nameList : nameMap;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value);
}

function unknownKey(key: string, name: FieldName, path: readonly PropertyKey[]): string {
  if (/secret|accesskey|token|password/i.test(key))
    return "is not an input, since no secret belongs there: keys belong in the stack's configuration (alicloud:accessKey, alicloud:secretKey) or in the environment.";
  const around = name === "timeouts" ? timeouts : path.length === 0 ? connection : assumeRole;
  return notAnInput(key, Object.keys(around.shape));
}

function kindOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") {
    const values = issue.values.map((value) => JSON.stringify(value));
    return `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
  }
  const kind = issue.code === "invalid_type" ? issue.expected : undefined;
  return kind === "string" ? "a text" : kind === "number" ? "a number" : "an object";
}

function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty object" : "an object";
  return `the ${typeof value === "string" ? "text" : typeof value} ${JSON.stringify(value)}`;
}

/** Says that a name is none of the known ones, with the one that was probably meant. */
function notAnInput(name: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.steps - right.steps)[0];
  return nearest && nearest.steps <= Math.max(2, Math.ceil(name.length / 3))
    ? `is not an input; did you mean ${nearest.candidate}?`
    : `is not an input; known are ${known.join(", ")}.`;
}
