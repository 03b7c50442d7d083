import type { Call } from "../call/call.js";
import { detailOf, kinds } from "../operations/kinds.js";
import { shareDone } from "../operations/operation.js";
import { oneOf } from "../parameters/badValue.js";
import { cutPage, wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findInstance } from "../world/find.js";
import type { Operation, Task } from "../world/schema.js";
import { parseMoment, parseSeconds, secondText } from "../world/time.js";
import { action } from "./action.js";

export const describeHistoryTasks = action({
  name: "DescribeHistoryTasks",
  required: ["FromStartTime", "ToStartTime"],
  optional: [
    "FromExecTime",
    "InstanceId",
    "InstanceType",
    "PageNumber",
    "PageSize",
    "ResourceGroupId",
    "Status",
    "TaskId",
    "TaskType",
    "ToExecTime",
  ],
  handle(call) {
    const rows = [
      ...call.world.operations.map((operation) => runningRow(call, operation)),
      ...call.world.tasks.map(endedRow),
    ]
      .filter((row) => row.accountId === call.account.accountId)
      .filter(wanted(call))
      .sort((one, other) => other.started - one.started);
    const page = cutPage(rows, call.params, { sizes: { from: 10, to: 100 }, defaultSize: 10 });
    if (typeof page === "string") throw refuse(badValue, { values: { parameter: page } });
    for (const row of page.items) if (row.running) call.look(row.id);
    return {
      PageNumber: page.number,
      PageSize: page.size,
      TotalCount: page.total,
      Items: page.items.map((row) => describe(call, row)),
    };
  },
});

interface Row {
  readonly id: string;
  readonly accountId: string;
  readonly instanceId: string;
  readonly action: string;
  readonly status: string;
  readonly progress: number;
  readonly remaining: number;
  readonly reason: string;
  readonly started: number;
  readonly ended: number | undefined;
  readonly step: string;
  readonly detail: string;
  readonly running: boolean;
}

function runningRow(call: Call, operation: Operation): Row {
  const share = shareDone(operation, call);
  return {
    id: operation.id,
    accountId: operation.accountId,
    instanceId: operation.instanceId,
    action: kinds[operation.kind].apiName,
    status: "Running",
    progress: Math.floor(share * 1000) / 10,
    remaining: Math.ceil((1 - share) * operation.seconds),
    reason: "",
    started: parseMoment(operation.started),
    ended: undefined,
    step: kinds[operation.kind].step,
    detail: detailOf(operation),
    running: true,
  };
}

const endedRow = (task: Task): Row => ({
  ...task,
  step: "",
  progress: 100,
  remaining: 0,
  started: parseMoment(task.started),
  ended: parseMoment(task.ended),
  running: false,
});

function wanted(call: Call): (row: Row) => boolean {
  const { params, now } = call;
  const from = parseSeconds(params["FromStartTime"] ?? "");
  const to = parseSeconds(params["ToStartTime"] ?? "");
  if (from === undefined) throw refuse(badValue, { values: { parameter: "FromStartTime" } });
  if (to === undefined) throw refuse(badValue, { values: { parameter: "ToStartTime" } });
  const longest = wholeNumber(params["ToExecTime"], Number.MAX_SAFE_INTEGER) ?? Number.MAX_SAFE_INTEGER;
  const shortest = wholeNumber(params["FromExecTime"], 0) ?? 0;
  const lists = { InstanceId: list(params["InstanceId"]), Status: list(params["Status"]) };
  const more = {
    ResourceGroupId: list(params["ResourceGroupId"]),
    TaskId: list(params["TaskId"]),
    TaskType: list(params["TaskType"]),
    RegionId: list(params["RegionId"]),
  };
  oneOf(params, "InstanceType", ["Instance"], "Instance");
  const group = (row: Row) => findInstance(call.world, row.instanceId)?.resourceGroupId ?? "";
  const region = (row: Row) => findInstance(call.world, row.instanceId)?.region ?? "";
  return (row) => {
    const seconds = ((row.ended ?? now) - row.started) / 1000;
    return (
      row.started >= Math.max(from, now - thirtyDays) &&
      row.started <= to &&
      seconds >= shortest &&
      seconds <= longest &&
      allows(lists.InstanceId, row.instanceId) &&
      allows(lists.Status, row.status) &&
      allows(more.TaskId, row.id) &&
      allows(more.TaskType, row.action) &&
      allows(more.ResourceGroupId, group(row)) &&
      allows(more.RegionId, region(row))
    );
  };
}

const thirtyDays = 30 * 24 * 3600 * 1000;
const list = (text: string | undefined) => (text ?? "").split(",").filter((entry) => entry !== "");
const allows = (entries: readonly string[], value: string) => entries.length === 0 || entries.includes(value);

function describe(call: Call, row: Row) {
  const instance = findInstance(call.world, row.instanceId);
  return {
    TaskId: row.id,
    TaskType: row.action,
    Status: row.status,
    Progress: row.progress,
    InstanceId: row.instanceId,
    InstanceName: instance?.description ?? "",
    InstanceType: "Instance",
    DbType: "mssql",
    Product: "rds",
    RegionId: instance?.region ?? "",
    StartTime: secondText(row.started),
    EndTime: row.ended === undefined ? "" : secondText(row.ended),
    RemainTime: row.remaining,
    CurrentStepName: row.step,
    ReasonCode: row.reason,
    CallerSource: "User",
    CallerUid: row.accountId,
    Uid: row.accountId,
    ActionInfo: "{}",
    TaskDetail: row.detail,
  };
}

const about = { action: "DescribeHistoryTasks", basis: "inferred", source: sources.metadata } as const;

const badValue = refusal({
  ...about,
  id: "history.parameter",
  parameter: "FromStartTime, ToStartTime, PageSize, PageNumber",
  code: "InvalidParameter",
  status: 400,
  message: "The value of {parameter} is not valid.",
  says: "Times have the form yyyy-MM-ddTHH:mm:ssZ, PageSize is 10 to 100, PageNumber counts from 1.",
});
behaviour({
  ...about,
  id: "history.plain-list",
  says: "Items is the list itself, with nothing around the entries.",
  basis: "documented",
});
behaviour({
  ...about,
  id: "history.thirty-days",
  says: "What began more than 30 days ago is not listed.",
  basis: "documented",
});
behaviour({
  ...about,
  id: "history.row-per-copy",
  says: "A copy is one task, Failed if any of its databases failed; TaskType is the API's name, TaskDetail lists the databases.",
});
