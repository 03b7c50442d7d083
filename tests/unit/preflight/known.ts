import { severityOf, type Finding } from "../../../provider/src/preflight/finding";
import type { Known } from "../../../provider/src/preflight/known";
import type { CopyPlan } from "../../../provider/src/preflight/plan";
import type { BackupSet, DatabaseFacts, InstanceFacts } from "../../../provider/src/rds/rdsApi";
import { instance } from "../provider/scriptedRds";
import { copyOfOrders } from "./plan";

export type KnownParts = Partial<Omit<Known, "plan">> & { readonly plan?: Partial<CopyPlan> };

/** What was told of a copy of `orders` from rm-prod to rm-staging, by default nothing at all, at noon. */
export function knownOf({ plan = {}, ...told }: KnownParts = {}): Known {
  const { names = copyOfOrders.names } = plan;
  return {
    plan: {
      ...copyOfOrders,
      ...plan,
    },
    region: "cn-hangzhou",
    endpoint: "rds.aliyuncs.com",
    now: Date.parse(at("12:00")),
    names,
    copies: true,
    unanswered: [],
    ...told,
  };
}

export const sourceInstance = (facts: Partial<InstanceFacts> = {}) =>
  instance({ instanceId: "rm-prod", regionId: "cn-hangzhou", ...facts });

export const targetInstance = (facts: Partial<InstanceFacts> = {}) =>
  instance({ instanceId: "rm-staging", regionId: "cn-hangzhou", ...facts });

/** A usable full backup of the morning that does not tell what it holds. */
export function backupSet(facts: Partial<BackupSet> = {}): BackupSet {
  return {
    backupId: "b-1",
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    startTime: at("02:00"),
    endTime: at("02:30"),
    available: true,
    databases: [],
    ...facts,
  };
}

export const database = (name: string, facts: Partial<DatabaseFacts> = {}): DatabaseFacts => ({
  name,
  status: "Running",
  description: "",
  ...facts,
});

/** A time of the day of the tests. */
export function at(time: string): string {
  return `2026-11-25T${time.length === 5 ? `${time}:00` : time}Z`;
}

export const gibibyte = 1024 ** 3;

/** A finding without its words: "severity code property apiCode", with "-" for a code that there is none of. */
export function brief(finding: Finding): string {
  return [severityOf(finding), finding.code, finding.property, finding.apiCode ?? "-"].join(" ");
}

export const briefs = (findings: readonly Finding[]): readonly string[] => findings.map(brief);

/** The words of the only finding. */
export function onlyText(findings: readonly Finding[]): string {
  const [finding] = findings;
  if (!finding || findings.length > 1) throw new Error(`expected one finding: ${JSON.stringify(findings)}`);
  return finding.text;
}
