import type { Finding } from "../../provider/src/preflight/finding";
import { notThereYet } from "../../provider/src/preflight/notThereYet";
import { snapshotFindings } from "../../provider/src/preflight/snapshotFindings";
import {
  encryptionNotSupported,
  encryptionUnclear,
  sourceDatabaseFindings,
} from "../../provider/src/preflight/sourceDatabaseFindings";
import { tagFindings } from "../../provider/src/preflight/tagFindings";
import { uncheckedFindings } from "../../provider/src/preflight/unchecked";
import { backupSet, database, knownOf } from "../unit/preflight/known";
import { failures } from "../unit/provider/scriptedRds";

/** Findings of answers that the simulator never gives, or of a program and not of the cloud. */
export function runAlone(): readonly Finding[] {
  const filled = knownOf({
    sourceDatabases: [],
    plan: { filledBy: { orders: "urn:pulumi:dev::shop::DatabaseCopy::first" } },
  });
  const denied = { action: "ListTagResources", failure: failures.denied() } as const;
  return [
    ...sourceDatabaseFindings(filled).map((finding) => notThereYet(filled, finding)),
    ...encryptionUnclear(knownOf({ encryption: { enabled: true, databases: undefined } })),
    ...encryptionNotSupported(knownOf({ encryptionRefused: "Api.NotSupport" })),
    ...snapshotFindings(
      knownOf({
        backups: [backupSet({ method: "Snapshot", databases: ["orders", "crm"] })],
        sourceDatabases: [database("orders")],
      }),
    ),
    ...tagFindings(knownOf({ plan: { requireTargetTags: { env: "staging" } }, unanswered: [denied] })),
    ...Object.values(failures).flatMap((make) =>
      uncheckedFindings(knownOf({ unanswered: [{ action: "DescribeDatabases", failure: make() }] })),
    ),
  ];
}
