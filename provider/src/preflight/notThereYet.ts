import type { Finding, FindingCode } from "./finding";
import type { Known } from "./known";

/**
 * What is not on the source now may be there when the copy is made: where another resource of the program fills it in the
 * same run, and where the restore point is known only in the run. Then "not there" is no definite fact. The run asks again
 * before it copies, and before it drops.
 */
export function notThereYet(known: Known, finding: Finding): Finding {
  const doubt = absences.has(finding.code) ? doubtAbout(known, finding) : undefined;
  return doubt === undefined
    ? finding
    : {
        ...finding,
        code: "not-there-yet",
        text: `${finding.text} ${doubt} The run asks again before it copies.`,
      };
}

const absences: ReadonlySet<FindingCode> = new Set([
  "source-database-missing",
  "backup-lacks-database",
  "no-usable-backup",
]);

function doubtAbout({ plan }: Known, { code, property }: Finding): string | undefined {
  const { filledBy = {}, sourceDbInstanceId: source = "" } = plan;
  const isOfOne = code === "source-database-missing";
  const filler = Object.entries(filledBy).find(([name]) => !isOfOne || property === `dbNames.${name}`)?.[1];
  if (filler !== undefined) return `${filler} fills ${source} in the same run.`;
  return plan.choice === undefined ? "The restore point is known only in the run." : undefined;
}
