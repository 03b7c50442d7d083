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
  /** Both stacks at once, call by call. */
  | {
      readonly kind: "together";
      readonly copies: readonly (readonly CopySpec[])[];
      readonly latencies: readonly number[];
      readonly trouble: Trouble;
    }
  | { readonly kind: "hand"; readonly hand: Hand }
  | { readonly kind: "backup" };

/** What people do to the cloud without Pulumi. */
export type Hand =
  /** Drops a database, drops it and makes another one of its name, or writes his own words over its description. */
  | {
      readonly deed: "drop" | "remake" | "edit";
      readonly instanceId: string;
      /** Which of the databases that are there, counted from the first. */
      readonly which: number;
    }
  /** Makes a database under a free name. */
  | { readonly deed: "make"; readonly instanceId: string; readonly name: string }
  /** Takes the tags off an instance. */
  | { readonly deed: "untag"; readonly instanceId: string };

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
  /** Somebody puts a hand in right before the nth call, or as soon after it as that can be told. */
  readonly meanwhile?: { readonly nth: number; readonly hand: Hand };
  readonly faults: readonly FaultRule[];
  /** From this list of databases on, one now and then lacks a database. */
  readonly blinks?: number;
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
    { action: "ModifyDBDescription", when: { times: 100_000 }, then: error(403, "Forbidden.RAM") },
  ),
  // A busy instance takes no descriptions.
  fc.record({
    action: fc.constant("ModifyDBDescription"),
    when: fc.record({ times: fc.integer({ min: 1, max: 30 }) }),
    then: fc.constant<FaultRule["then"]>(error(403, "OperationDenied.DBInstanceStatus")),
  }),
);

const isNotFound = ({ then }: FaultRule) => "error" in then && then.error.code.endsWith("NotFound");

const madeNames = ["orders_a", "crm_b", "orders_c", "orders", "crm"];

const hand: fc.Arbitrary<Hand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      deed: fc.constantFrom("drop" as const, "remake" as const, "edit" as const),
      instanceId: fc.constantFrom(...targets),
      which: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      deed: fc.constant("make" as const),
      instanceId: fc.constantFrom(...targets),
      name: fc.constantFrom(...madeNames),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ deed: fc.constant("untag" as const), instanceId: fc.constantFrom(...targets) }),
  },
);

const trouble: fc.Arbitrary<Trouble> = fc
  .record(
    {
      cut: fc.record({
        nth: fc.integer({ min: 0, max: 40 }),
        way: fc.constantFrom<Cut>("lost", "unanswered", "half", "gone", "gone", "gone", "outlived"),
      }),
      meanwhile: fc.record({ nth: fc.integer({ min: 0, max: 60 }), hand }),
      faults: fc.array(faultRule, { maxLength: 3 }),
      blinks: fc.integer({ min: 0, max: 12 }),
    },
    { requiredKeys: ["faults"] },
  )
  // One lie about an instance is met by a second look; two in a row are believed.
  .map(({ faults, blinks, ...rest }) => ({
    ...rest,
    faults: faults.filter((one, index) => !isNotFound(one) || faults.findIndex(isNotFound) === index),
    ...(blinks === undefined || mayLoseCopy({ faults, ...rest }) ? {} : { blinks }),
  }));

/** Limit L1: whether the list lacked somebody's database right before a copy call whose answer was lost, nothing tells. */
function mayLoseCopy({ faults, cut }: Trouble): boolean {
  const isCut = cut?.way === "lost" || cut?.way === "unanswered" || cut?.way === "half";
  return isCut || faults.some(({ action }) => action === "CopyDatabaseBetweenInstances");
}

/** Nothing goes wrong. */
const calmTrouble: Trouble = { faults: [] };

const anyTrouble = fc.oneof(
  { weight: 2, arbitrary: trouble },
  { weight: 1, arbitrary: fc.constant(calmTrouble) },
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

function copiesOf(stack: number): fc.Arbitrary<readonly CopySpec[]> {
  const [one, other] = stack === 0 ? (["a", "b"] as const) : (["c", "d"] as const);
  return fc
    .tuple(copySpec(one), copySpec(other), fc.boolean())
    .map(([first, second, both]) => (both ? [first, second] : [first]));
}

const stack = fc.integer({ min: 0, max: 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: stack.chain((index) =>
      fc.record({
        kind: fc.constant("up" as const),
        stack: fc.constant(index),
        copies: copiesOf(index),
        trouble: anyTrouble,
        impatient: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("together" as const),
      copies: fc.tuple(copiesOf(0), copiesOf(1)),
      latencies: fc.array(fc.integer({ min: 20, max: 600 }), { minLength: 3, maxLength: 9 }),
      trouble: anyTrouble,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("refresh" as const, "refresh" as const, "destroy" as const),
      stack,
      trouble: anyTrouble,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("hand" as const), hand }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: "backup" }) },
);

/** What chance alone seldom brings: a first run is killed around its copy call, and someone makes a database of that name. */
const madeUnderIntent: fc.Arbitrary<readonly Step[]> = fc
  .record({ copy: copySpec("c"), nth: fc.constantFrom(4, 5, 6, 7, 7, 7) })
  .map(({ copy, nth }) => {
    const copies = [{ ...copy, sources: ["orders"], suffix: "_c", preflight: "off" as const }];
    const up = { kind: "up", stack: 1, copies, impatient: true } as const;
    return [
      { ...up, trouble: { faults: [], cut: { nth, way: "gone" } } },
      { kind: "hand", hand: { deed: "make", instanceId: copy.target, name: "orders_c" } },
      { ...up, trouble: calmTrouble },
    ];
  });

const steps = fc.array(step, { minLength: 2, maxLength: 6 });

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  service: fc.record({
    copiedDescription: fc.constantFrom("empty" as const, "source" as const),
    notFoundStatus: fc.constantFrom(400 as const, 404 as const),
    targetNameSpelling: fc.constantFrom("asAsked" as const, "asAsked" as const, "lowerCase" as const),
    targetStatus: fc.constantFrom("Running" as const, "Running" as const, "Restoring" as const),
    listedAfterMs: fc.constantFrom(0, 0, 0, 5_000, 90_000),
  }),
  failing: fc.subarray(["orders_a", "crm_b", "orders_c"], { maxLength: 2 }),
  steps: fc.oneof(
    { weight: 49, arbitrary: steps },
    { weight: 1, arbitrary: fc.tuple(madeUnderIntent, steps).map(([first, rest]) => [...first, ...rest]) },
  ),
});
