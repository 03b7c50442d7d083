import type { Action } from "./action.js";
import { allocateInstancePublicConnection } from "./AllocateInstancePublicConnection.js";
import { assumeRole } from "./AssumeRole.js";
import { assumeRoleWithOIDC } from "./AssumeRoleWithOIDC.js";
import { checkDBNameAvailable } from "./CheckDBNameAvailable.js";
import { cloneDBInstance } from "./CloneDBInstance.js";
import { copyDatabaseBetweenInstances } from "./CopyDatabaseBetweenInstances.js";
import { createAccount } from "./CreateAccount.js";
import { createBackup } from "./CreateBackup.js";
import { createDatabase } from "./CreateDatabase.js";
import { createDBInstance } from "./CreateDBInstance.js";
import { createReadOnlyDBInstance } from "./CreateReadOnlyDBInstance.js";
import { deleteAccount } from "./DeleteAccount.js";
import { deleteBackup } from "./DeleteBackup.js";
import { deleteDatabase } from "./DeleteDatabase.js";
import { deleteDBInstance } from "./DeleteDBInstance.js";
import { describeAccounts } from "./DescribeAccounts.js";
import { describeAvailableClasses } from "./DescribeAvailableClasses.js";
import { describeAvailableZones } from "./DescribeAvailableZones.js";
import { describeBackupDatabase } from "./DescribeBackupDatabase.js";
import { describeBackupPolicy } from "./DescribeBackupPolicy.js";
import { describeBackups } from "./DescribeBackups.js";
import { describeBackupTasks } from "./DescribeBackupTasks.js";
import { describeBinlogFiles } from "./DescribeBinlogFiles.js";
import { describeDatabases } from "./DescribeDatabases.js";
import { describeDBInstanceAttribute } from "./DescribeDBInstanceAttribute.js";
import { describeDBInstanceEncryptionKey } from "./DescribeDBInstanceEncryptionKey.js";
import { describeDBInstanceHAConfig } from "./DescribeDBInstanceHAConfig.js";
import { describeDBInstanceIPArrayList } from "./DescribeDBInstanceIPArrayList.js";
import { describeDBInstanceMonitor } from "./DescribeDBInstanceMonitor.js";
import { describeDBInstanceNetInfo } from "./DescribeDBInstanceNetInfo.js";
import { describeDBInstances } from "./DescribeDBInstances.js";
import { describeDBInstanceSSL } from "./DescribeDBInstanceSSL.js";
import { describeDBInstanceTDE } from "./DescribeDBInstanceTDE.js";
import { describeHADiagnoseConfig } from "./DescribeHADiagnoseConfig.js";
import { describeHASwitchConfig } from "./DescribeHASwitchConfig.js";
import { describeHistoryTasks } from "./DescribeHistoryTasks.js";
import { describeInstanceCrossBackupPolicy } from "./DescribeInstanceCrossBackupPolicy.js";
import { describeInstanceLinkedWhitelistTemplate } from "./DescribeInstanceLinkedWhitelistTemplate.js";
import { describeLocalAvailableRecoveryTime } from "./DescribeLocalAvailableRecoveryTime.js";
import { describeLogBackupFiles } from "./DescribeLogBackupFiles.js";
import { describeMetaList } from "./DescribeMetaList.js";
import { describeParameters } from "./DescribeParameters.js";
import { describeParameterTemplates } from "./DescribeParameterTemplates.js";
import { describeResourceUsage } from "./DescribeResourceUsage.js";
import { describeSecurityGroupConfiguration } from "./DescribeSecurityGroupConfiguration.js";
import { describeSQLCollectorPolicy } from "./DescribeSQLCollectorPolicy.js";
import { describeSQLCollectorRetention } from "./DescribeSQLCollectorRetention.js";
import { describeTags } from "./DescribeTags.js";
import { describeTasks } from "./DescribeTasks.js";
import { getCallerIdentity } from "./GetCallerIdentity.js";
import { grantAccountPrivilege } from "./GrantAccountPrivilege.js";
import { listTagResources } from "./ListTagResources.js";
import { modifyAccountCheckPolicy } from "./ModifyAccountCheckPolicy.js";
import { modifyAccountDescription } from "./ModifyAccountDescription.js";
import { modifyBackupPolicy } from "./ModifyBackupPolicy.js";
import { modifyDBDescription } from "./ModifyDBDescription.js";
import { modifyDBInstanceConfig } from "./ModifyDBInstanceConfig.js";
import { modifyDBInstanceConnectionString } from "./ModifyDBInstanceConnectionString.js";
import { modifyDBInstanceDeletionProtection } from "./ModifyDBInstanceDeletionProtection.js";
import { modifyDBInstanceDescription } from "./ModifyDBInstanceDescription.js";
import { modifyDBInstanceMaintainTime } from "./ModifyDBInstanceMaintainTime.js";
import { modifyDBInstanceMonitor } from "./ModifyDBInstanceMonitor.js";
import { modifyDBInstanceSpec } from "./ModifyDBInstanceSpec.js";
import { modifyDBInstanceSSL } from "./ModifyDBInstanceSSL.js";
import { modifyDBInstanceTDE } from "./ModifyDBInstanceTDE.js";
import { modifyParameter } from "./ModifyParameter.js";
import { modifyResourceGroup } from "./ModifyResourceGroup.js";
import { modifySecurityGroupConfiguration } from "./ModifySecurityGroupConfiguration.js";
import { modifySecurityIps } from "./ModifySecurityIps.js";
import { modifySQLCollectorPolicy } from "./ModifySQLCollectorPolicy.js";
import { modifySQLCollectorRetention } from "./ModifySQLCollectorRetention.js";
import { releaseInstancePublicConnection } from "./ReleaseInstancePublicConnection.js";
import { resetAccountPassword } from "./ResetAccountPassword.js";
import { revokeAccountPrivilege } from "./RevokeAccountPrivilege.js";
import { tagResources } from "./TagResources.js";
import { untagResources } from "./UntagResources.js";
import { createVpc } from "./vpc/CreateVpc.js";
import { createVSwitch } from "./vpc/CreateVSwitch.js";
import { deleteVpc } from "./vpc/DeleteVpc.js";
import { deleteVSwitch } from "./vpc/DeleteVSwitch.js";
import { describeRouteTableList } from "./vpc/DescribeRouteTableList.js";
import { describeVpcAttribute } from "./vpc/DescribeVpcAttribute.js";
import { describeVSwitchAttributes } from "./vpc/DescribeVSwitchAttributes.js";
import { modifyVpcAttribute } from "./vpc/ModifyVpcAttribute.js";
import { modifyVSwitchAttribute } from "./vpc/ModifyVSwitchAttribute.js";
import { tagNetworks } from "./vpc/TagResources.js";
import { untagNetworks } from "./vpc/UntagResources.js";
import type { Product } from "./products.js";

/** Every action the simulator knows. */
export const actions: readonly Action[] = [
  // The copy and what is asked around it.
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
  describeDBInstanceNetInfo,
  describeInstanceCrossBackupPolicy,
  deleteDatabase,
  modifyDBDescription,
  checkDBNameAvailable,
  tagResources,
  untagResources,
  listTagResources,
  // Documented for other engines, or no longer in service.
  describeBinlogFiles,
  describeLocalAvailableRecoveryTime,
  describeMetaList,
  describeBackupDatabase,
  // Instances.
  createDBInstance,
  createReadOnlyDBInstance,
  cloneDBInstance,
  deleteDBInstance,
  modifyDBInstanceSpec,
  modifyDBInstanceDescription,
  modifyDBInstanceConfig,
  modifyDBInstanceDeletionProtection,
  modifyDBInstanceMonitor,
  modifyDBInstanceMaintainTime,
  modifySecurityIps,
  modifyDBInstanceConnectionString,
  describeParameterTemplates,
  modifyParameter,
  modifyDBInstanceSSL,
  modifyDBInstanceTDE,
  modifySecurityGroupConfiguration,
  modifySQLCollectorPolicy,
  modifySQLCollectorRetention,
  allocateInstancePublicConnection,
  releaseInstancePublicConnection,
  modifyResourceGroup,
  describeDBInstanceIPArrayList,
  describeTags,
  describeDBInstanceMonitor,
  describeSQLCollectorPolicy,
  describeSQLCollectorRetention,
  describeDBInstanceHAConfig,
  describeSecurityGroupConfiguration,
  describeDBInstanceSSL,
  describeDBInstanceEncryptionKey,
  describeHASwitchConfig,
  describeHADiagnoseConfig,
  describeParameters,
  describeInstanceLinkedWhitelistTemplate,
  describeAvailableZones,
  describeAvailableClasses,
  // Databases, accounts and their rights.
  createDatabase,
  createAccount,
  describeAccounts,
  deleteAccount,
  resetAccountPassword,
  modifyAccountCheckPolicy,
  modifyAccountDescription,
  grantAccountPrivilege,
  revokeAccountPrivilege,
  // Backups.
  modifyBackupPolicy,
  createBackup,
  describeBackupTasks,
  deleteBackup,
  // Networks.
  createVpc,
  createVSwitch,
  deleteVpc,
  deleteVSwitch,
  describeRouteTableList,
  describeVpcAttribute,
  describeVSwitchAttributes,
  modifyVpcAttribute,
  modifyVSwitchAttribute,
  tagNetworks,
  untagNetworks,
  // Who is asking.
  assumeRole,
  assumeRoleWithOIDC,
  getCallerIdentity,
];

const keyOf = (name: string, product: Product) => `${product} ${name.toLowerCase()}`;
const byName = new Map(actions.map((action) => [keyOf(action.name, action.product ?? "Rds"), action]));

/** Action names are compared without case: the alicloud provider writes UnTagResources. */
export const findAction = (name: string, product: Product): Action | undefined =>
  byName.get(keyOf(name, product));
