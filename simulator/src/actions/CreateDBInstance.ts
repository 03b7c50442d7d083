import type { Call } from "../call/call.js";
import { unsupportedParameter } from "../call/unsupportedParameters.js";
import { badValue, choice, flag, oneOf } from "../parameters/badValue.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerVersions } from "../world/engineVersions.js";
import type { Instance } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import {
  askedFields,
  completeInstance,
  given,
  present,
  serverlessField,
  sharedParameters,
  sharedRefusals,
  slaveFields,
} from "./askedInstance.js";
import { checkedPort, checkedPrefix } from "./connectionParameters.js";
import { checkedIpList } from "./ipList.js";
import { madeAnswer, madeBefore, makeInstance } from "./makeInstance.js";
import { askedTags } from "./TagResources.js";

export const createDBInstance = action({
  name: "CreateDBInstance",
  required: [
    ...["RegionId", "Engine", "EngineVersion", "DBInstanceClass", "DBInstanceStorage", "DBInstanceNetType"],
    ...["SecurityIPList", "PayType"],
  ],
  optional: [
    ...sharedParameters,
    ...["AutoUpgradeMinorVersion", "ColdDataEnabled", "ConnectionMode", "ConnectionString", "DBParamGroupId"],
    ...[
      "DBTimeZone",
      "DryRun",
      "EncryptionKey",
      "Port",
      "ResourceGroupId",
      "RoleARN",
      "ServerlessConfig",
      "Tag",
    ],
    ...["TargetMinorVersion", "ZoneIdSlave1", "ZoneIdSlave2"],
  ],
  refuses: {
    ...sharedRefusals,
    ...{ Amount: ["1"], AutoCreateProxy: ["false"], AutoRenew: ["false"], AutoUseCoupon: ["false"] },
    ...{
      BabelfishConfig: [],
      BusinessInfo: [],
      CreateStrategy: [],
      DBIsIgnoreCase: [],
      ExternalReplication: ["false"],
    },
    ...{ OptimizedWrites: [], PromotionCode: [], StorageAutoScale: ["Disable"], StorageThreshold: [] },
    ...{ StorageUpperBound: [], SystemDBCharset: [], TargetDedicatedHostIdForLog: [] },
    ...{ TargetDedicatedHostIdForMaster: [], TargetDedicatedHostIdForSlave: [], UserBackupId: [] },
    ...{ WhitelistTemplateList: [] },
  },
  handle(call) {
    const before = madeBefore(call);
    if (before !== undefined) return madeAnswer(before);
    const instance = asked(call);
    if (flag(call.params, "DryRun") === true) return { DryRun: true, DryRunResult: true };
    return madeAnswer(makeInstance(call, instance, ({ life }) => life.createInstanceSeconds));
  },
});

/** The instance that is asked for, with a world's defaults where the call says nothing. */
function asked(call: Call): Instance {
  const { params } = call;
  const engine = oneOf(params, "Engine", ["SQLServer", "MySQL", "PostgreSQL", "MariaDB"], "SQLServer");
  const engineVersion = params["EngineVersion"] ?? "";
  if (engine === "SQLServer" && !sqlServerVersions.includes(engineVersion)) throw refuse(badVersion);
  if (given(call, "DBInstanceClass") === undefined) throw badValue("DBInstanceClass");
  if (oneOf(params, "DBInstanceNetType", ["Intranet", "Internet"], "Intranet") !== "Intranet")
    throw unsupportedParameter("CreateDBInstance", "DBInstanceNetType");
  return completeInstance(call, {
    id: "rm-new",
    ...askedFields(call),
    ...slaveFields(call),
    ...settingFields(call),
    region: params["RegionId"] ?? "",
    engine,
    engineVersion,
    ipArrays: { default: checkedIpList(params["SecurityIPList"] ?? "") },
    tags: askedTags(params),
    createdAt: momentText(call.now),
    logs: [],
  });
}

function settingFields(call: Call) {
  const { params } = call;
  return {
    ...present("autoUpgradeMinorVersion", choice(params, "AutoUpgradeMinorVersion", ["Auto", "Manual"])),
    ...present("coldDataEnabled", flag(params, "ColdDataEnabled")),
    ...present("connectionMode", choice(params, "ConnectionMode", ["Standard", "Safe"])),
    ...present("connectionPrefix", checkedPrefix(call, "ConnectionString", { from: 5, to: 40 })),
    ...present("parameterGroupId", given(call, "DBParamGroupId")),
    ...present("timeZone", given(call, "DBTimeZone")),
    ...present("encryptionKey", given(call, "EncryptionKey")),
    ...present("encryptionRoleArn", given(call, "RoleARN")),
    ...present("port", checkedPort(call)),
    ...present("resourceGroupId", given(call, "ResourceGroupId")),
    ...present("serverless", serverlessField(call, "ServerlessConfig")),
    ...present("minorVersion", given(call, "TargetMinorVersion")),
  };
}

const badVersion = refusal({
  action: "CreateDBInstance",
  source: sources.errorTable2020,
  id: "create-instance.version",
  parameter: "EngineVersion",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine version is not valid.",
  says: "A version of SQL Server that the metadata names; those of other engines are not checked.",
  basis: "documented",
});
