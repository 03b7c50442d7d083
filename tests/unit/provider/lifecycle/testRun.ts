import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import { processMemory } from "../../../../provider/src/lifecycle/memory";
import type { Run } from "../../../../provider/src/lifecycle/run";
import type { Connection } from "../../../../provider/src/rds/connection";
import { fakeClock } from "../fakeClock";
import { scriptedRds, type RdsCalls } from "../scriptedRds";

export interface TestRun extends Run {
  /** What was said, with its manner: "warn: ...". */
  readonly said: readonly string[];
  readonly calls: readonly string[];
}

/** What an operation works with: a clock of its own, a scripted cloud, and a record of what is said. */
export function testRun(
  script: Partial<RdsCalls> = {},
  place: Partial<Pick<Connection, "region" | "regionSource" | "endpoint">> = {},
): TestRun {
  const clock = fakeClock();
  const said: string[] = [];
  const { rds, calls } = scriptedRds(script, clock);
  const say = (manner: string) => (line: string) => void said.push(`${manner}: ${line}`);
  return {
    clock,
    said,
    calls,
    report: { status: say("status"), info: say("info"), warn: say("warn") },
    locks: targetLocks(),
    memory: processMemory(),
    connect: (overrides) => ({
      region: "cn-shanghai",
      regionSource: "configuration",
      endpoint: "rds.aliyuncs.com",
      ...(overrides?.region ? { region: overrides.region, regionSource: "connection" as const } : {}),
      ...place,
    }),
    rds: () => rds,
  };
}
