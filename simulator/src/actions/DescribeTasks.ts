import type { Call } from "../call/call.js";
import { databasesOf, kinds } from "../operations/kinds.js";
import { shareDone } from "../operations/operation.js";
import { cutPage } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { CopyOperation, Operation } from "../world/schema.js";
import { minuteText, parseMinutes, parseMoment } from "../world/time.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeTasks = action({
  name: "DescribeTasks",
  required: ["DBInstanceId"],
  optional: ["EndTime", "PageNumber", "PageSize", "StartTime", "TaskAction"],
  withoutEffect: ["Status"],
  handle(call) {
    const instance = ownInstance(call, "DescribeTasks");
    const running = call.world.operations.filter(({ instanceId }) => instanceId === instance.id);
    const rows = running
      .filter((operation) => inRange(call.params, operation))
      .flatMap((operation) => describe(call, operation));
    const page = cutPage(rows, call.params, { sizes: { from: 30, to: 100 }, defaultSize: 30 });
    if (typeof page === "string") throw refuse(badPage, { values: { parameter: page } });
    for (const operation of running) call.look(operation.id);
    return {
      PageNumber: page.number,
      PageRecordCount: page.items.length,
      TotalRecordCount: page.total,
      Items: { TaskProgressInfo: page.items },
    };
  },
});

function inRange(params: Call["params"], operation: Operation): boolean {
  const began = Math.floor(parseMoment(operation.started) / 60_000) * 60_000;
  const from = parseMinutes(params["StartTime"] ?? "") ?? -Infinity;
  const to = parseMinutes(params["EndTime"] ?? "") ?? Infinity;
  const wanted = params["TaskAction"] ?? "";
  return began >= from && began <= to && (wanted === "" || wanted === kinds[operation.kind].apiName);
}

function describe(call: Call, operation: Operation) {
  const share = shareDone(operation, call);
  const common = {
    TaskAction: kinds[operation.kind].apiName,
    BeginTime: minuteText(parseMoment(operation.started)),
    FinishTime: "",
    ExpectedFinishTime: "",
    StepsInfo: "",
    Remain: Math.ceil((1 - share) * operation.seconds),
  };
  switch (operation.kind) {
    case "copy":
      return operation.databases.map((database, index) => ({
        ...common,
        TaskId: `${taskNumber(operation)}${String(index + 1).padStart(4, "0")}`,
        DBName: database.target,
        ...copyProgress(operation, index, share),
      }));
    case "drop":
    case "createDatabase":
    case "createAccount":
    case "backup":
    case "createInstance":
    case "changeInstance":
    case "deleteInstance":
      return [
        {
          ...common,
          TaskId: taskNumber(operation),
          DBName: databasesOf(operation).join(","),
          Status: "Processing",
          Progress: String(Math.floor(share * 100)),
          ...noError,
          ...step(kinds[operation.kind].step, 1, 1),
        },
      ];
  }
}

const noError = { TaskErrorCode: "", TaskErrorMessage: "" };
const taskNumber = (operation: Operation) => operation.id.replace(/\D/g, "");

function copyProgress(operation: CopyOperation, index: number, share: number) {
  const entry = operation.databases[index];
  const before = operation.databases[index - 1]?.until ?? 0;
  const until = entry?.until ?? 1;
  const own = until > before ? Math.min(1, Math.max(0, (share - before) / (until - before))) : 1;
  const percent = String(Math.floor(own * 100));
  const outcome = entry?.outcome ?? "pending";
  switch (outcome) {
    case "failed":
      return {
        Status: "Failed",
        Progress: percent,
        TaskErrorCode: "RestoreFailed",
        TaskErrorMessage: "The database could not be restored.",
        ...step("RestoreDatabase", index + 1, operation.databases.length),
      };
    case "copied":
      return {
        Status: "Finished",
        Progress: "100",
        ...noError,
        ...step("Done", index + 1, operation.databases.length),
      };
    case "pending":
      return {
        Status: own > 0 || index === 0 ? "Processing" : "NoStart",
        Progress: percent,
        ...noError,
        ...step("RestoreDatabase", index + 1, operation.databases.length),
      };
  }
}

const step = (name: string, number: number, of: number) => ({
  CurrentStepName: name,
  StepProgressInfo: `${number}/${of}`,
  ProgressInfo: name,
});

const about = { action: "DescribeTasks", basis: "inferred", source: sources.metadata } as const;

const badPage = refusal({
  ...about,
  id: "tasks.page",
  parameter: "PageSize, PageNumber",
  code: "InvalidParameter",
  status: 400,
  message: "The value of {parameter} is not valid.",
  says: "PageSize is 30 to 100, PageNumber counts from 1.",
});
behaviour({
  ...about,
  id: "tasks.row-per-database",
  says: "A running copy is one row per database, TaskAction CopyDatabaseBetweenInstances; statuses are those the alicloud provider knows.",
});
behaviour({
  ...about,
  id: "tasks.status-without-effect",
  parameter: "Status",
  says: "Status has no effect, as documented.",
  basis: "documented",
});
