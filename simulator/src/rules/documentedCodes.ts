import { sources, type Source } from "./sources.js";

/** An error code that a document lists for an action. */
export interface DocumentedCode {
  /** `*` for what any call may get, `gateway` for what comes before any action. */
  readonly action: string;
  readonly code: string;
  /** Documents disagree about some. */
  readonly statuses: readonly number[];
  readonly source: Source;
}

/** Reads lines of statuses and codes: `400 A, B` or `400/404 C`. */
function codes(action: string, source: Source, lines: string): DocumentedCode[] {
  return lines
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [, statuses = "", names = ""] = /^\s*(\S+)\s+(.*)$/.exec(line) ?? [];
      return names.split(/,\s*/).map((code) => ({
        action,
        code,
        statuses: statuses.split("/").map(Number),
        source,
      }));
    });
}

/**
 * Every code that the documents behind this simulator list for the actions it serves, whether it is enforced or not.
 * What is not must stand in `codesNotEnforced`, with the reason.
 */
export const documentedCodes: readonly DocumentedCode[] = [
  ...codes(
    "CopyDatabaseBetweenInstances",
    sources.copyPage,
    `
    400 %s, SqlExecuteFailedOrTimeout
    400 InvalidBackupSetID, InvalidBackupSet, DBCountLimitExceeded
    400 BackupRestoreNotSupported.BasicHA, BackupRestoreNotSupported.HADedicatedAlwaysOn
    400 BackupRestoreNotSupported.ShareDedicatedAlwaysOn
    400 OperationDenied.RestoreTime, OperationDenied.SnapshotBackupSet, CanNotCopyDBHasTDEEnabled
    400 InvalidBackupDBNames.NotFound, InvalidBackupDBNames.Malformed, InvalidRecoveryDBNames.Format
    400 InvalidDBName.Format, InvalidDBName.NotFound, InvalidDBName.Duplicate
    400 InvalidDBInstanceName.NotFound, InvalidTargetDBInstanceName.Format
    400 EngineNotSupported, TargetInstanceEngineNotSupported
    400 MasterDBInstanceState.NotSupport, IncorrectMasterDBInstanceState
    400 InvalidInstancesRegion.Malformed, InvalidCrossRegionTrans
    400 ErrorParametersConflict, InvalidBackupIdOrRestoreTime.NotFound
    400 InvalidRestoreTimeSpecified, InvalidRestoreDB
    400 InvalidStartTime.Format, InvalidEndTime.Format, InvalidParameterCombination, InvalidBackupSetLocation.Format
    400 ReadDBInstanceNotSupport, ReadOnlyInstanceNotSupport, InvalidShareDbInstanceClassNotSupport
    400 InvalidRecoveryDbInstance.StorageSize, IncorrectInstanceNetworkType, InvalidEngineVersion.Malformed
    403 StorageLimitExceeded, IncorrectDBInstanceState, IncorrectDBInstanceType, InvalidTempInstance.NotSupport
    403 Forbidden.SnapshotRecovery, InvalidInstanceVersion, InvalidParamTableMeta.RestoreTime
    403 CurrentRecoveryModelNotSupportThisAction
    403 UnsupportedCopyDbBasicToShare, UnsupportedCopyDbHighAvailabilityToBasic, UnsupportedCopyDbHighAvailabilityToShare
    403 UnsupportedCopyDbAlwaysOnToBasic, UnsupportedCopyDbAlwaysOnToHighAvailability, UnsupportedCopyDbAlwaysOnToShare
    403 UnsupportedCopyDbShareToBasic, UnsupportedCopyDbShareToHighAvailability, UnsupportedCopyDbShareToAlwaysOn
    404 InvalidDBInstance.NotFound, InvalidRegion.NotFound, InvalidParam, InsufficientResourceCapacity
    408 NetworkOrSqlTimeoutError`,
  ),
  ...codes("CopyDatabaseBetweenInstances", sources.copyPage2019, "403 StorageLimitExceeded"),
  ...codes(
    "DescribeBackups",
    sources.backupsPage,
    `
    400 InvalidRestoreTime.Malformed, InvalidPageNumbers.Malformed, InvalidStartTime.Format, InvalidEndTime.Format
    400 InvalidParameterCombination, InvalidBackupSetLocation.Format
    403 InvalidMaxRecordsPerPage.Malformed, IncorrectDBInstanceState
    404 InvalidDBInstanceName.NotFound, InvalidDBInstance.NotFound`,
  ),
  ...codes(
    "DescribeBackupPolicy",
    sources.policyPage,
    `
    400 IO.Exception, InternalFailure, InvalidParameter.OwnerAccount, InvalidEngine.Malformed
    403 IncorrectDBInstanceState
    404 InvalidDBInstance.NotFound, InvalidDBInstanceName.NotFound`,
  ),
  ...codes(
    "DescribeDBInstanceAttribute",
    sources.attributePage,
    "400 ConnectTimeoutRetryLater, TimeoutRetryLater, DataNotExist, InvalidDBInstanceName.NotFound",
  ),
  ...codes("DescribeDBInstances", sources.documents2020, "400 InvalidDBInstanceType.ValueNotSupport"),
  ...codes(
    "DescribeDatabases",
    sources.terraform,
    `
    400/404 InvalidDBInstanceId.NotFound, InvalidDBName.NotFound, InvalidDBInstanceId.NotFoundError
    403 OperationDenied.DBInstanceStatus`,
  ),
  ...codes(
    "DeleteDatabase",
    sources.errorTable2020,
    `
    404 InvalidDBName.NotFound
    403 OperationDenied.DBStatus, OperationDenied.DBInstanceStatus, OperationDenied.LockMode
    400 OperationDenied.DBInstanceType`,
  ),
  ...codes(
    "CheckDBNameAvailable",
    sources.errorTable2020,
    "400 InvalidDBName.Duplicate, InvalidDBName.Format, InvalidParameter.Keyword",
  ),
  ...codes("CreateDatabase", sources.errorTable2020, "400 QuotaExceeded.DBName"),
  ...codes(
    "DescribeDBInstanceNetInfo",
    sources.netInfoPage,
    "400 TimeoutRetryLater, InvalidDBInstanceName.NotFound, IllegalParameter, Readins.NotFound, MissingRWSplistParam",
  ),
  ...codes(
    "gateway",
    sources.errorTable2020,
    `
    400 MissingParameter, InvalidParameter, IncompleteSignature, IllegalTimestamp
    400 InvalidOwnerId, InvalidOwnerAccount, InvalidOwner, UnsupportedParameter, Throttling
    403 InvalidAction, ActionUnauthorized, UnsupportedHTTPMethod
    403 Forbidden.RAM, Forbedden.NotSupportRAM, Forbidden.RiskControl, Forbidden.Authentication
    404 InvalidAccessKeyId.NotFound, Forbidden.InstanceNotFound, InvalidRegionId.NotFound`,
  ),
  ...codes("gateway", sources.documents2020, `500 InternalError\n503 ServiceUnavailable`),
  ...codes(
    "gateway",
    sources.publicClients,
    `
    400/403 SignatureDoesNotMatch
    400 SignatureNonceUsed, InvalidTimeStamp.Expired, InvalidTimeStamp.Format
    400/429/503 Throttling.User, Throttling.Api, Throttling.User.Flow
    404 InvalidAction.NotFound
    400/403 InvalidSecurityToken.Expired
    403 Forbidden, NoPermission`,
  ),
  // The block that every page of today appends, whatever the action.
  ...codes(
    "*",
    sources.attributePage,
    `
    400 Order.ComboInstanceNotAllowOperate, InvalidDBInstanceId.NotFound, InvalidBackupSet, RequiredParam.NotFound
    400 Parameters.Invalid, Api.NotSupport, InvalidDBInstanceEngineType.Format, InvalideStatus.Format
    400 SqlExecuteFailedOrTimeout, KmsApiError
    403 OrderStatus.UnPaid, InvalidUserOperatorPermission, NotInFlowController, IncorrectMinorVersion
    403 InvalidInstanceLevel.Malformed
    404 Request.NotFound, HostInfo.NotFound, InvalidClusterKms
    500 ExternalFailure, RequestMetaDataFailed, InvokeProxyFailure`,
  ),
];
