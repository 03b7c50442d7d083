import { Type } from "@sinclair/typebox";
import { oneOf, strict, text } from "./fields.js";

export const weekdays = [
  ...(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const),
] as const;

export const compressTypes = ["0", "1", "2", "4", "8"] as const;
export const releasedKeepPolicies = ["None", "Lastest", "All"] as const;
export const policyCategories = ["Standard", "Flash"] as const;

/** When and how automatic sets are made. For how long sets and logs are kept stands beside it in the instance. */
export const backupPolicySchema = Type.Object(
  {
    days: text("PreferredBackupPeriod.", "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday"),
    time: Type.String({
      pattern: "^([01]\\d|2[0-3]):[0-5]\\dZ-([01]\\d|2[0-3]):[0-5]\\dZ$",
      default: "18:00Z-19:00Z",
      description: "PreferredBackupTime: an automatic set begins with it.",
    }),
    compressType: oneOf(compressTypes, { default: "1", description: "CompressType." }),
    incremental: Type.Boolean({ default: false, description: "EnableIncrementDataBackup." }),
    releasedKeepPolicy: oneOf(releasedKeepPolicies, { default: "None", description: "ReleasedKeepPolicy." }),
    category: oneOf(policyCategories, { default: "Standard", description: "Category." }),
    priority: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2, description: "BackupPriority of an AlwaysOn instance." }),
    ),
  },
  { ...strict, default: {} },
);
