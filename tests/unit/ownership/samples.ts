import type { Place } from "../../../provider/src/ownership/explain";
import type { Saying } from "../../../provider/src/ownership/sayings";

/* One of everything that an operation says of ownership: for the tests of the sentences, and for docs/messages.md. */

export const place: Place = { instanceId: "rm-staging", own: "own000000000" };
export const point = { kind: "backup", backupId: "1002" } as const;
export const id = "k3f9q0za";
export const name = "orders";
export const reason = "NoPermission.";
export const record = { phase: "filled", id, point, target: name, source: name } as const;
const names = [name, "crm"];
const mark = { owner: place.own, id, point };
const others = { owner: "other0000000", id, point };

/** `error`: it ends an operation, or begins none. */
export type SayingSeverity = "error" | "warning" | "info";

type Samples = {
  readonly [Kind in Saying["kind"]]: readonly [
    SayingSeverity,
    ...(readonly Extract<Saying, { readonly kind: Kind }>[]),
  ];
};

export const samples: Samples = {
  refused: [
    "error",
    { kind: "refused", name, why: "unrecorded", id, mark, age: "3d7h old while maxBackupAge allows 36h" },
    { kind: "refused", name, why: "otherOwner", id, mark: others },
    { kind: "refused", name, why: "otherOwner", id, mark: others, isOtherPoint: true },
    { kind: "refused", name, why: "othersIntent", id, mark: others },
    { kind: "refused", name, why: "unproven", id },
    { kind: "refused", name, why: "copyFailed", id },
    { kind: "refused", name, why: "markGone", id, record },
    { kind: "refused", name, why: "unclaimed" },
    { kind: "refused", name, why: "unclaimed", status: "Creating" },
    { kind: "refused", name, why: "appeared" },
    { kind: "refused", name, why: "unlisted" },
    { kind: "refused", name, why: "stillDeleting" },
    { kind: "refused", name, why: "adopted" },
    { kind: "refused", name, why: "otherPoint", id, point },
  ],
  tagsUnreadable: [
    "error",
    { kind: "tagsUnreadable", reason },
    { kind: "tagsUnreadable", reason, key: "pulumi-database-copy:old" },
  ],
  tagsDenied: [
    "error",
    { kind: "tagsDenied", reason },
    { kind: "tagsDenied", reason: "The instance is busy.", isPassing: true },
  ],
  tagsFull: ["error", { kind: "tagsFull", keys: ["team"] }],
  copyBlocked: ["error", { kind: "copyBlocked", reasons: ["The backup is missing."] }],
  copyUnknown: ["error", { kind: "copyUnknown", reasons: ["The backups could not be listed."] }],
  noRestorePoint: ["error", { kind: "noRestorePoint", names }],
  copyRefused: ["error", { kind: "copyRefused", names, reason }],
  copyUnanswered: ["error", { kind: "copyUnanswered", names, reason }],
  timedOut: [
    "error",
    { kind: "timedOut", names },
    { kind: "timedOut", names, statuses: { orders: "Creating", crm: "Creating" } },
    { kind: "timedOut", names, statuses: { orders: "Recovering" } },
  ],
  copyTimedOut: ["error", { kind: "copyTimedOut", names, reason: "Instance rm-staging is Stopped." }],
  vanished: ["warning", { kind: "vanished", name }],
  copyFailed: ["error", { kind: "copyFailed", name, point }],
  unmarked: [
    "error",
    { kind: "unmarked", name, reason },
    { kind: "unmarked", name, reason: "The instance is busy.", isPassing: true },
  ],
  otherData: [
    "error",
    { kind: "otherData", name, point, differs: "point" },
    { kind: "otherData", name, point, differs: "source" },
  ],
  dropFailed: ["error", { kind: "dropFailed", name, reason }],
  instanceNotFound: ["error", { kind: "instanceNotFound" }],
  instanceLost: ["error", { kind: "instanceLost" }],
  lookFailed: ["error", { kind: "lookFailed", reason }],
  foreign: [
    "warning",
    { kind: "foreign", name, why: "markGone", id, record },
    { kind: "foreign", name, why: "otherOwner", id, mark: others, record },
    { kind: "foreign", name, why: "unrecorded", id, mark, record },
    { kind: "foreign", name, why: "changed", record },
  ],
  left: [
    "warning",
    ...(["adopted", "retained", "declaredElsewhere", "notItsOwn", "markGone", "unclaimed"] as const).map(
      (why) => ({ kind: "left", name, why, record, by: "urn:b" }) as const,
    ),
  ],
  neverAppeared: ["warning", { kind: "neverAppeared", name, point }],
  maybeOrphan: ["warning", { kind: "maybeOrphan", name, mark, id }, { kind: "maybeOrphan", name }],
  maybeReplaced: [
    "warning",
    { kind: "maybeReplaced", name, id, point, age: "8h", isMarked: true },
    { kind: "maybeReplaced", name, id, point, isMarked: false },
  ],
  maybeAdopted: ["warning", { kind: "maybeAdopted", name }],
  claimedOld: ["warning", { kind: "claimedOld", name, point, age: "44d1h old", maxBackupAge: "36h" }],
  withoutAccounts: ["warning", { kind: "withoutAccounts", names }],
  notRunning: ["warning", { kind: "notRunning", name, status: "Offline" }],
  mixedPoints: ["warning", { kind: "mixedPoints", point, held: { kind: "backup", backupId: "1001" } }],
  notInBackup: ["info", { kind: "notInBackup", names, point }],
  adopted: ["info", { kind: "adopted", name }],
  claimed: ["info", { kind: "claimed", name, id, isTagged: true }],
  resumed: ["info", { kind: "resumed", name, point }],
  dropped: ["info", { kind: "dropped", name }],
};

export const sayings: readonly Saying[] = Object.values(samples).flatMap(
  ([, ...ofKind]) => ofKind as readonly Saying[],
);
