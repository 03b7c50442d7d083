import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import { processMemory, type Session } from "../../../../provider/src/lifecycle/memory";
import { registry } from "../../../../provider/src/ownership/registry";
import type { Connection } from "../../../../provider/src/rds/connection";
import { fakeClock, type FakeClock } from "../fakeClock";
import { scriptedRds, type RdsCalls } from "../scriptedRds";

export interface TestSession extends Session {
  readonly clock: FakeClock;
  /** What was said, with its manner: "warn: ...". */
  readonly said: readonly string[];
  readonly calls: readonly string[];
}

/** What an operation works with: a clock of its own, a scripted cloud, and a record of what is said. */
export function testSession(
  script: Partial<RdsCalls> = {},
  place: Partial<Pick<Connection, "region" | "regionSource" | "endpoint">> = {},
): TestSession {
  const clock = fakeClock();
  const said: string[] = [];
  const { rds, calls } = scriptedRds(script, clock);
  const say = (manner: string) => (line: string) => void said.push(`${manner}: ${line}`);
  let drawn = 0;
  return {
    clock,
    said,
    calls,
    report: {
      isTerminal: false,
      status: say("status"),
      info: say("info"),
      warn: say("warn"),
      debug: () => undefined,
    },
    locks: targetLocks(),
    memory: processMemory(),
    registry: registry(),
    newId: () => String(++drawn).padStart(8, "0"),
    connect: (overrides) => ({
      region: "cn-shanghai",
      regionSource: "configuration",
      endpoint: overrides?.endpoint ?? "rds.aliyuncs.com",
      ...(overrides?.region ? { region: overrides.region, regionSource: "connection" as const } : {}),
      ...place,
    }),
    rds: () => rds,
  };
}
