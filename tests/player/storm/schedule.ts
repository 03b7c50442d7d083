import fc from "fast-check";
import type { FaultRule } from "../../../simulator/src/machine";
import type { Cut } from "../cloud";

/** A random life of two stacks on one account: what people do, and what goes wrong meanwhile. */
export interface Schedule {
  readonly service: {
    readonly copiedDescription: "empty" | "source";
    readonly notFoundStatus: 400 | 404;
    readonly targetNameSpelling: "asAsked" | "lowerCase";
    readonly targetStatus: "Running" | "Restoring";
    readonly listedAfterMs: number;
  };
  /** Databases whose first copy fails in the cloud. */
  readonly failing: readonly string[];
  readonly steps: readonly Step[];
}

export type Step =
  | {
      readonly kind: "up";
      readonly stack: number;
      readonly copies: readonly CopySpec[];
      readonly trouble: Trouble;
      /** After a kill people run the same program again; now and then they change it first. */
      readonly impatient: boolean;
    }
  | { readonly kind: "refresh" | "destroy"; readonly stack: number; readonly trouble: Trouble }
  | {
      readonly kind: "foreign";
      readonly hand: "drop" | "remake" | "describe";
      readonly instanceId: string;
      /** Which of the databases that are there, counted from the first. */
      readonly which: number;
    }
  | { readonly kind: "squat"; readonly instanceId: string; readonly name: string }
  | { readonly kind: "backup" };

/** One resource of a program. */
export interface CopySpec {
  readonly name: string;
  readonly target: string;
  readonly sources: readonly string[];
  readonly suffix: string;
  readonly pin: "none" | "1001" | "1002";
  readonly trigger: string;
  readonly adoptExisting: boolean;
  readonly short: boolean;
  readonly preflight: "off" | "enforce";
}

export interface Trouble {
  readonly cut?: { readonly nth: number; readonly way: Cut };
  /** Somebody drops one of ours right before the nth call, and perhaps makes another one of its name, some looks later. */
  readonly meanwhile?: { readonly nth: number; readonly hand: "drop" | "dropAndMake" };
  readonly faults: readonly FaultRule[];
}

export const targets = ["rm-staging", "rm-qa"];
const sources = ["orders", "crm", "Billing"];

const error = (status: number, code: string, more: object = {}) => ({
  error: { status, code, message: `${code} happened`, ...more },
});

const writes = [
  "CopyDatabaseBetweenInstances",
  "DeleteDatabase",
  "TagResources",
  "ModifyDBDescription",
  "UntagResources",
];
const reads = [
  "DescribeDatabases",
  "DescribeBackups",
  "DescribeTasks",
  "ListTagResources",
  "DescribeDBInstanceAttribute",
];

/** Answers that real services give now and then, each a rule for some calls of one action. */
const faultRule: fc.Arbitrary<FaultRule> = fc.oneof(
  fc.record({
    action: fc.constantFrom(...writes, ...reads),
    when: fc.oneof(
      fc.record({ nth: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ times: fc.integer({ min: 1, max: 3 }) }),
    ),
    then: fc.constantFrom<FaultRule["then"]>(
      error(400, "Throttling.User", { retryAfterMs: 2000 }),
      error(503, "ServiceUnavailable"),
      error(500, "InternalError"),
      error(400, "SignatureNonceUsed"),
      error(408, "NetworkOrSqlTimeoutError"),
      { raw: { status: 502, contentType: "text/html", body: "<html>" } },
      { drop: "before" as const },
      { drop: "after" as const },
      { drop: "midway" as const },
    ),
  }),
  fc.record({
    action: fc.constantFrom("CopyDatabaseBetweenInstances", "DeleteDatabase"),
    when: fc.record({ times: fc.integer({ min: 1, max: 4 }) }),
    then: fc.constantFrom<FaultRule["then"]>(
      error(403, "IncorrectDBInstanceState"),
      error(403, "OperationDenied.DBInstanceStatus"),
    ),
  }),
  fc.constant<FaultRule>({
    action: "DescribeDatabases",
    when: { times: 3 },
    then: error(400, "Throttling.User"),
  }),
  // The one answer that must not be lost.
  fc.constantFrom<FaultRule>(
    { action: "CopyDatabaseBetweenInstances", when: { nth: 1 }, then: { drop: "after" } },
    { action: "CopyDatabaseBetweenInstances", when: { nth: 1 }, then: { drop: "midway" } },
  ),
  // A new instance is now and then not found once.
  fc.record({
    action: fc.constant("DescribeDatabases"),
    when: fc.record({ nth: fc.integer({ min: 1, max: 6 }) }),
    then: fc.constant<FaultRule["then"]>(error(404, "InvalidDBInstanceId.NotFound")),
  }),
  // For the whole operation: the busiest minute of the year.
  fc.constant<FaultRule>({
    action: "CopyDatabaseBetweenInstances",
    when: { times: 100_000 },
    then: error(400, "Throttling.User"),
  }),
  fc.constantFrom<FaultRule>(
    { action: "TagResources", when: { times: 100_000 }, then: error(403, "Forbidden.RAM") },
    { action: "ListTagResources", when: { times: 100_000 }, then: error(403, "Forbidden.RAM") },
  ),
);

const isNotFound = ({ then }: FaultRule) => "error" in then && then.error.code.endsWith("NotFound");

const trouble: fc.Arbitrary<Trouble> = fc
  .record(
    {
      cut: fc.record({
        nth: fc.integer({ min: 0, max: 40 }),
        way: fc.constantFrom<Cut>("lost", "unanswered", "half", "gone", "gone", "gone"),
      }),
      meanwhile: fc.record({
        nth: fc.integer({ min: 0, max: 60 }),
        hand: fc.constantFrom("drop" as const, "dropAndMake" as const),
      }),
      faults: fc.array(faultRule, { maxLength: 3 }),
    },
    { requiredKeys: ["faults"] },
  )
  // One lie about an instance is met by a second look; two in a row are believed.
  .map(({ faults, ...rest }) => ({
    ...rest,
    faults: faults.filter((one, index) => !isNotFound(one) || faults.findIndex(isNotFound) === index),
  }))
  // Where tags are forbidden, a killed run leaves no trace to go by: that limit is documented, and not played.
  .map(({ cut, ...rest }) =>
    cut?.way === "gone" && rest.faults.some(({ action }) => /Tag/.test(action))
      ? rest
      : { ...rest, ...(cut ? { cut } : {}) },
  );

function copySpec(name: string): fc.Arbitrary<CopySpec> {
  return fc.record({
    name: fc.constant(name),
    target: fc.constantFrom(...targets),
    sources: fc.uniqueArray(fc.constantFrom(...sources), { minLength: 1, maxLength: 3 }),
    // Only the first resource of a program uses the plain names: two that declare one database are refused.
    suffix: fc.constantFrom(
      `_${name}`,
      `_${name}`,
      `_${name}2`,
      ...(name === "a" || name === "c" ? [""] : []),
    ),
    pin: fc.constantFrom("none", "none", "1001", "1002"),
    trigger: fc.constantFrom("1", "1", "1", "2"),
    adoptExisting: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
    short: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
    preflight: fc.constantFrom("off", "enforce", "enforce"),
  });
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 0, max: 1 }).chain((stack) =>
      fc.record({
        kind: fc.constant("up" as const),
        stack: fc.constant(stack),
        copies: fc
          .tuple(copySpec(stack === 0 ? "a" : "c"), copySpec(stack === 0 ? "b" : "d"), fc.boolean())
          .map(([first, second, both]) => (both ? [first, second] : [first])),
        trouble,
        impatient: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("refresh" as const, "refresh" as const, "destroy" as const),
      stack: fc.integer({ min: 0, max: 1 }),
      trouble,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("foreign" as const),
      hand: fc.constantFrom("drop" as const, "remake" as const, "describe" as const),
      instanceId: fc.constantFrom(...targets),
      which: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("squat" as const),
      instanceId: fc.constantFrom(...targets),
      name: fc.constantFrom("orders_a", "crm_b", "orders_c", "orders"),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: "backup" }) },
);

/** Where receipts cannot be read, what a killed run left cannot be told apart: documented, and not played. */
function readableReceipts(schedule: Schedule): Schedule {
  const troubles = schedule.steps.flatMap((one) => ("trouble" in one ? [one.trouble] : []));
  if (!troubles.some(({ cut }) => cut?.way === "gone")) return schedule;
  const readable = (rule: FaultRule) =>
    !(rule.action === "ListTagResources" && "error" in rule.then && rule.then.error.status === 403);
  const steps = schedule.steps.map((one) =>
    "trouble" in one
      ? { ...one, trouble: { ...one.trouble, faults: one.trouble.faults.filter(readable) } }
      : one,
  );
  return { ...schedule, steps };
}

const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  service: fc.record({
    copiedDescription: fc.constantFrom("empty" as const, "source" as const),
    notFoundStatus: fc.constantFrom(400 as const, 404 as const),
    targetNameSpelling: fc.constantFrom("asAsked" as const, "asAsked" as const, "lowerCase" as const),
    targetStatus: fc.constantFrom("Running" as const, "Running" as const, "Restoring" as const),
    listedAfterMs: fc.constantFrom(0, 0, 0, 5_000, 90_000),
  }),
  failing: fc.subarray(["orders_a", "crm_b", "orders_c"], { maxLength: 2 }),
  steps: fc.array(step, { minLength: 2, maxLength: 6 }),
});

/**
 * An instance that is restoring takes no marks, and a database that is not listed cannot be marked. If then one database of a copy fails and another does not, the
 * unmarked one cannot be told from somebody else's: documented, and not played.
 */
function markableWhenFailing(schedule: Schedule): Schedule {
  return isMarkable(schedule) ? schedule : { ...schedule, failing: [] };
}

/**
 * For the same reason, the copy of one stack cannot be told from that of another one which wants the same name: where
 * nothing can be marked, or a run is killed before it has.
 */
function apartUnlessMarked(schedule: Schedule): Schedule {
  const isKilled = schedule.steps.some((one) => "trouble" in one && one.trouble.cut?.way === "gone");
  if (isMarkable(schedule) && !isKilled) return schedule;
  const own = (copy: CopySpec) => (copy.suffix === "" ? { ...copy, suffix: `_${copy.name}` } : copy);
  const steps = schedule.steps.map((one) =>
    one.kind === "up" && one.stack === 1 ? { ...one, copies: one.copies.map(own) } : one,
  );
  return { ...schedule, steps };
}

function isMarkable({ service: { targetStatus, listedAfterMs } }: Schedule): boolean {
  return targetStatus === "Running" && listedAfterMs === 0;
}

export const schedules = anySchedule.map(readableReceipts).map(markableWhenFailing).map(apartUnlessMarked);
