import { formatDuration } from "../../../provider/src/time/duration";
import { playedCloud } from "../../player/cloud";
import { playedEngine, type Outcome, type Program } from "../../player/engine";
import { handsOn } from "../../player/hands";
import { realLifecycle } from "../../player/lifecycle";
import { company, start } from "../../player/scenarios";
import { virtualTime } from "../../player/virtualTime";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { thrown, type Answer } from "./answers";

export type Operation = "refresh" | "up" | "destroy";
export type Asked = "DescribeDatabases" | "DeleteDatabase";

/** How an operation took one answer. */
export interface Taken {
  /**
   * done: it succeeded; gone: it succeeded, and what it looked for is taken as gone; waiting: it waited for a better
   * answer, and failed when its time was over; error: it failed at once.
   */
  readonly how: "done" | "gone" | "waiting" | "error";
  /** How long it took. */
  readonly time: string;
  /** Calls that change databases, whatever was answered. */
  readonly changes: number;
  /** What the person gets to read. */
  readonly said: readonly string[];
  /** Whether the call in question was made at all. */
  readonly asked: boolean;
}

const common = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
const before: Program = { data: { ...common, dbNames: ["orders", "crm"] } };
/** Needs a look, a copy and a drop. */
const changed: Program = { data: { ...common, dbNames: ["orders", "billing"] } };

/** Copies orders and crm; from then on one of the calls is answered like this, and an operation meets it. */
export async function playAnswer(asked: Asked, answer: Answer, operation: Operation): Promise<Taken> {
  const time = virtualTime(start);
  const cloud = playedCloud(company, time);
  let isAnswering = false;
  let met = false;
  let changes = 0;
  const inItsPlace = (rds: RdsApi): RdsApi => ({
    ...rds,
    async describeDatabases(instanceId) {
      if (isAnswering && asked === "DescribeDatabases" && answer.failure) fail(asked, answer.failure);
      return rds.describeDatabases(instanceId);
    },
    async deleteDatabase(instanceId, name) {
      if (isAnswering) changes++;
      if (!isAnswering || asked !== "DeleteDatabase" || !answer.failure) {
        return rds.deleteDatabase(instanceId, name);
      }
      // Somebody else was quicker.
      if (isAbsence(answer) && !answer.isListed) handsOn(cloud, time.now).drop(instanceId, name);
      fail(asked, answer.failure);
    },
    async copyDatabases(request) {
      if (isAnswering) changes++;
      return rds.copyDatabases(request);
    },
    async describeInstance(instanceId) {
      if (isAnswering && answer.instance === "denied") {
        throw thrown("DescribeDBInstanceAttribute", { status: 403, code: "Forbidden.RAM", message: "No." });
      }
      const facts = await rds.describeInstance(instanceId);
      const other = isAnswering && answer.instance !== "denied" ? answer.instance : {};
      return facts && instanceId === "rm-staging" ? { ...facts, ...other } : facts;
    },
  });
  const fail = (action: Asked, failure: NonNullable<Answer["failure"]>): never => {
    met = true;
    throw thrown(action, failure);
  };
  const engine = playedEngine(cloud, time, { lifecycle: { ...realLifecycle, seenThrough: inItsPlace } });
  await succeed(engine.up(before));
  if (!answer.failure)
    for (const name of ["orders", "crm"]) handsOn(cloud, time.now).drop("rm-staging", name);

  isAnswering = true;
  const began = time.now();
  const { errors, warnings, infos } = await {
    refresh: () => engine.refresh(),
    up: () => engine.up(changed),
    destroy: () => engine.destroy(),
  }[operation]();
  const took = time.now() - began;
  return {
    how:
      errors.length === 0
        ? operation !== "up" || isAbsence(answer)
          ? "gone"
          : "done"
        : took >= longEnoughMs
          ? "waiting"
          : "error",
    time: formatDuration(took),
    changes,
    said: [...errors, ...warnings, ...infos],
    asked: met || !answer.failure,
  };
}

/** Whatever gives up before was not waiting, only looking twice. */
const longEnoughMs = 30_000;

/** The codes that mean "not there", whatever the status. */
function isAbsence({ failure }: Answer): boolean {
  return (
    failure !== undefined &&
    ["InvalidDBInstanceId.NotFound", "InvalidDBInstanceName.NotFound", "InvalidDBName.NotFound"].includes(
      failure.code,
    )
  );
}

async function succeed(run: Promise<Outcome>): Promise<void> {
  const { errors } = await run;
  if (errors.length > 0) throw new Error(errors.join("\n"));
}
