import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeBackupDatabase = action({
  name: "DescribeBackupDatabase",
  required: ["DBInstanceId"],
  withoutEffect: ["BackupId"],
  handle(call) {
    ownInstance(call, "DescribeBackupDatabase");
    throw refuse(phasedOut);
  },
});

const phasedOut = refusal({
  id: "backup-database.phased-out",
  action: "DescribeBackupDatabase",
  parameter: "BackupId",
  code: "Api.NotSupport",
  status: 400,
  message: "The specified api is not supported.",
  says: "The page of 2019-03-29 calls it taken offline, the SDK phased out. Of the codes that every page ends with, this one says so.",
  basis: "inferred",
  source: sources.documents2020,
});
