/** Documented codes that no rule answers, and why. A fault rule can play each of them on any call. */
export interface CodeNotEnforced {
  readonly action: string;
  readonly codes: readonly string[];
  readonly reason: string;
}

export const codesNotEnforced: readonly CodeNotEnforced[] = [
  {
    action: "DescribeBackupPolicy",
    codes: ["IO.Exception", "InternalFailure"],
    reason: "Failures inside the service: no request brings them about.",
  },
  {
    action: "DescribeBackupPolicy",
    codes: ["InvalidParameter.OwnerAccount"],
    reason: "An OwnerAccount that is not the caller's is refused for every action, with InvalidOwnerAccount.",
  },
  {
    action: "DescribeBackupPolicy",
    codes: ["InvalidEngine.Malformed"],
    reason: "Each engine that a world can have has a backup policy; the page names none that has not.",
  },
  {
    action: "DescribeDBInstanceAttribute",
    codes: ["ConnectTimeoutRetryLater", "TimeoutRetryLater", "DataNotExist"],
    reason: "Failures inside the service: no request brings them about.",
  },
  {
    action: "DescribeDatabases",
    codes: ["InvalidDBName.NotFound"],
    reason:
      "A filter that matches nothing gives an empty list, as the pages say; clients only prepare for the code.",
  },
  {
    action: "DescribeDatabases",
    codes: ["InvalidDBInstanceId.NotFoundError"],
    reason: "A second spelling of InvalidDBInstanceId.NotFound; the world's notFoundCodes can choose it.",
  },
  {
    action: "DescribeDBInstanceNetInfo",
    codes: ["TimeoutRetryLater"],
    reason: "A failure inside the service: no request brings it about.",
  },
  {
    action: "DescribeDBInstanceNetInfo",
    codes: ["IllegalParameter", "Readins.NotFound", "MissingRWSplistParam"],
    reason: "They belong to read/write splitting, which SQL Server instances of this simulator do not have.",
  },
  {
    action: "gateway",
    codes: ["UnsupportedParameter"],
    reason:
      "Clients that work against the service send parameters that no page lists (SourceIp, RegionId), so unknown ones are passed over; when the code comes is not documented.",
  },
  {
    action: "gateway",
    codes: ["IllegalTimestamp"],
    reason:
      "The code of older gateways for a time of another form; clients of today report InvalidTimeStamp.Format.",
  },
  {
    action: "gateway",
    codes: ["Throttling", "Throttling.Api", "Throttling.User.Flow"],
    reason: "No page states a rate; the one limit of this simulator answers Throttling.User.",
  },
  {
    action: "gateway",
    codes: ["InvalidAction", "InvalidAction.NotFound"],
    reason:
      "An action the simulator does not know gets SimulatorUnsupportedAction: it must not look as if the service lacked it, and a 404 reads as a resource that is gone.",
  },
  {
    action: "gateway",
    codes: ["ActionUnauthorized", "Forbidden"],
    reason:
      "What the world's deny list forbids is answered with Forbidden.RAM, the one code that RDS pages show for it.",
  },
  {
    action: "gateway",
    codes: ["Forbedden.NotSupportRAM"],
    reason: "Every action of this simulator can be allowed to a RAM user.",
  },
  {
    action: "gateway",
    codes: ["Forbidden.RiskControl", "Forbidden.Authentication"],
    reason: "Judgements about the account (risk control, real-name registration), which worlds do not have.",
  },
  {
    action: "gateway",
    codes: ["Forbidden.InstanceNotFound"],
    reason:
      "One more code for an unknown instance, in one old table; the world's notFoundCodes can choose it.",
  },
  {
    action: "gateway",
    codes: ["InternalError", "ServiceUnavailable"],
    reason: "Failures inside the service: no request brings them about.",
  },
  {
    action: "*",
    codes: ["Order.ComboInstanceNotAllowOperate", "OrderStatus.UnPaid", "InvalidInstanceLevel.Malformed"],
    reason: "About orders and classes for sale, which worlds do not have.",
  },
  {
    action: "*",
    codes: ["KmsApiError", "InvalidClusterKms"],
    reason: "About keys of KMS, which worlds do not have.",
  },
  {
    action: "*",
    codes: [
      "RequiredParam.NotFound",
      "Parameters.Invalid",
      "InvalideStatus.Format",
      "IncorrectMinorVersion",
      "NotInFlowController",
      "InvalidUserOperatorPermission",
    ],
    reason:
      "Part of the block that every page appends; for the actions here a code of their own is documented for the same case, or none says what leads to it.",
  },
  {
    action: "*",
    codes: [
      "Request.NotFound",
      "HostInfo.NotFound",
      "ExternalFailure",
      "RequestMetaDataFailed",
      "InvokeProxyFailure",
    ],
    reason:
      "Part of the block that every page appends: failures inside the service, which no request brings about.",
  },
];
