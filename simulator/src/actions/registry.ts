import type { Action } from "./action.js";
import { checkDBNameAvailable } from "./CheckDBNameAvailable.js";
import { copyDatabaseBetweenInstances } from "./CopyDatabaseBetweenInstances.js";
import { deleteDatabase } from "./DeleteDatabase.js";
import { describeBackupPolicy } from "./DescribeBackupPolicy.js";
import { describeBackups } from "./DescribeBackups.js";
import { describeDatabases } from "./DescribeDatabases.js";
import { describeDBInstanceAttribute } from "./DescribeDBInstanceAttribute.js";
import { describeDBInstances } from "./DescribeDBInstances.js";
import { describeDBInstanceTDE } from "./DescribeDBInstanceTDE.js";
import { describeHistoryTasks } from "./DescribeHistoryTasks.js";
import { describeLogBackupFiles } from "./DescribeLogBackupFiles.js";
import { describeResourceUsage } from "./DescribeResourceUsage.js";
import { describeTasks } from "./DescribeTasks.js";
import { listTagResources } from "./ListTagResources.js";
import { modifyDBDescription } from "./ModifyDBDescription.js";
import type { Product } from "./products.js";
import { tagResources } from "./TagResources.js";
import { untagResources } from "./UntagResources.js";

/** Every action the simulator knows. */
export const actions: readonly Action[] = [
  copyDatabaseBetweenInstances,
  describeDBInstances,
  describeDBInstanceAttribute,
  describeDatabases,
  describeBackups,
  describeBackupPolicy,
  describeLogBackupFiles,
  describeResourceUsage,
  describeDBInstanceTDE,
  describeTasks,
  describeHistoryTasks,
  deleteDatabase,
  modifyDBDescription,
  checkDBNameAvailable,
  tagResources,
  untagResources,
  listTagResources,
];

const keyOf = (name: string, product: Product) => `${product} ${name.toLowerCase()}`;
const byName = new Map(actions.map((action) => [keyOf(action.name, action.product ?? "Rds"), action]));

/** Action names are compared without case: the alicloud provider writes UnTagResources. */
export const findAction = (name: string, product: Product): Action | undefined =>
  byName.get(keyOf(name, product));
