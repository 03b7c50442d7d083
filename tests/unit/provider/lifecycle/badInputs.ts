import * as pulumi from "@pulumi/pulumi";
import type { DatabaseCopyArgs } from "../../../../provider/src/program/copyArgs";

type Inputs = Readonly<Record<string, unknown>>;

/** What JavaScript makes of an Output in a text. */
export const pasted = `${pulumi.output("orders") as unknown as string}`;
const stringified = JSON.stringify({ name: pulumi.output("orders") });
export const long = (length: number) => "a".repeat(length);
const pastedReason =
  "is an Output that was pasted into a text. Pass the Output itself, or build the text with pulumi.interpolate`...`.";
const pastedKey =
  "has a key that is an Output pasted into a text. Build the whole map inside the Output: pulumi.output(name).apply((name) => ({ [name]: ... })).";
const noInstance = 'which is no id of an RDS instance (such as "rm-uf6wjk5xxxxxxx").';
export const noDuration =
  'which is no duration. Write numbers with d, h, m or s, such as "90m", "1h30m" or "7d".';
export const characters =
  'it must begin with a lower-case letter, end with a lower-case letter or a digit, and hold only lower-case letters, digits, "_" and "-".';
const reserved = "it is a word that RDS or SQL Server reserves.";
const noPattern =
  'is "*", which is no pattern. For all databases, or all but some, give getDatabasesOutput({ dbInstanceId, except }).names.';
const names = 'a list of names, a map from source name to target name, or a text such as "orders,crm"';
const endpointForm =
  'it takes a host and, if need be, a port, without a scheme or a path, such as "rds.aliyuncs.com" or "127.0.0.1:8094".';
const noTime = 'which is no time. Write it like "2026-03-01T02:00:00Z" or "2026-03-01T10:00:00+08:00".';
const noSecret =
  "is not an input, since no secret belongs there: keys belong in the stack's configuration (alicloud:accessKey, alicloud:secretKey) or in the environment.";
export const connectionKeys = "region, profile, endpoint, protocol, assumeRole";

const everyInput: Readonly<Record<keyof DatabaseCopyArgs, true>> = {
  sourceDbInstanceId: true,
  targetDbInstanceId: true,
  dbNames: true,
  backupId: true,
  restoreTime: true,
  maxBackupAge: true,
  syncUserPrivilege: true,
  requireTargetTags: true,
  adoptExisting: true,
  claim: true,
  preflight: true,
  ownershipMarks: true,
  timeouts: true,
  connection: true,
};
/** The names of all inputs of a copy. A new input does not compile until it is here. */
export const inputNames: readonly string[] = Object.keys(everyInput);

/** Each row: the inputs that differ from good ones, and what people read. */
export const badInputs: readonly (readonly [Inputs, ...string[]])[] = [
  // Instances.
  [{ sourceDbInstanceId: undefined }, "sourceDbInstanceId is required: the id of an RDS instance, as text."],
  [{ targetDbInstanceId: null }, "targetDbInstanceId is required: the id of an RDS instance, as text."],
  [{ sourceDbInstanceId: "" }, `sourceDbInstanceId is "", ${noInstance}`],
  [{ sourceDbInstanceId: " rm-source" }, `sourceDbInstanceId is " rm-source", ${noInstance}`],
  [{ targetDbInstanceId: "staging" }, `targetDbInstanceId is "staging", ${noInstance}`],
  [
    { targetDbInstanceId: "rm-target.sqlserver.rds.aliyuncs.com" },
    `targetDbInstanceId is "rm-target.sqlserver.rds.aliyuncs.com", ${noInstance}`,
  ],
  [{ targetDbInstanceId: "rm-" }, `targetDbInstanceId is "rm-", ${noInstance}`],
  [
    { sourceDbInstanceId: 42 },
    "sourceDbInstanceId must be the id of an RDS instance, as text; it is the number 42.",
  ],
  [
    { targetDbInstanceId: ["rm-target"] },
    "targetDbInstanceId must be the id of an RDS instance, as text; it is a list.",
  ],
  [
    { targetDbInstanceId: "rm-source" },
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],
  [
    { targetDbInstanceId: "RM-Source" },
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],
  [
    { targetDbInstanceId: "rm-source " },
    `targetDbInstanceId is "rm-source ", ${noInstance}`,
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],

  // The form of the names.
  [{ dbNames: undefined }, `dbNames is required: ${names}.`],
  [{ dbNames: 7 }, `dbNames must be ${names}; it is the number 7.`],
  [{ dbNames: true }, `dbNames must be ${names}; it is the boolean true.`],
  [{ dbNames: [] }, "dbNames names no database. Give at least one."],
  [{ dbNames: {} }, "dbNames names no database. Give at least one."],
  [{ dbNames: "" }, "dbNames names no database. Give at least one."],
  [{ dbNames: " , " }, "dbNames names no database. Give at least one."],
  [{ dbNames: '{"orders":"orders"}' }, "dbNames is JSON text. Give the list or the map itself."],
  [{ dbNames: ' ["orders"]' }, "dbNames is JSON text. Give the list or the map itself."],
  [{ dbNames: "*" }, `dbNames.0 ${noPattern}`],
  [{ dbNames: ["orders", "*"] }, `dbNames.1 ${noPattern}`],
  [{ dbNames: "orders,,crm" }, "dbNames.1 is an empty name."],
  [{ dbNames: "orders,crm," }, "dbNames.2 is an empty name."],
  [{ dbNames: ["orders", ""] }, "dbNames.1 is an empty name."],
  [{ dbNames: { orders: "orders", "": "crm" } }, "dbNames has an empty name as a key."],
  [{ dbNames: ["orders", 5] }, "dbNames.1 must be the name of a database, as text; it is the number 5."],
  [{ dbNames: { orders: null } }, "dbNames.orders must be the name of a database, as text; it is null."],
  [
    { dbNames: { orders: { name: "orders" } } },
    "dbNames.orders must be the name of a database, as text; it is an object.",
  ],
  [
    { dbNames: [["orders"], {}] },
    "dbNames.0 must be the name of a database, as text; it is a list.",
    "dbNames.1 must be the name of a database, as text; it is an empty object.",
  ],

  // Source names.
  [
    { dbNames: { master: "orders" } },
    'dbNames.master "master" is a system database of SQL Server and cannot be copied.',
  ],
  [{ dbNames: ["TempDB"] }, 'dbNames.0 "TempDB" is a system database of SQL Server and cannot be copied.'],
  [{ dbNames: "orders,msdb" }, 'dbNames.1 "msdb" is a system database of SQL Server and cannot be copied.'],
  [{ dbNames: { "or\tders": "orders" } }, 'dbNames.or\tders "or\\tders" holds a control character.'],
  [
    { dbNames: [" orders"] },
    'dbNames.0 " orders" begins or ends with a blank. If the database is really called so, give a map: { " orders": "..." }.',
  ],
  [
    { dbNames: ["orders,crm"] },
    'dbNames.0 "orders,crm" holds a comma. If the database is really called so, give a map: { "orders,crm": "..." }.',
  ],
  [
    { dbNames: { [long(129)]: "orders" } },
    `dbNames.${long(129)} "${long(129)}" has 129 characters; 128 are allowed at most.`,
  ],

  // Target names.
  [
    { dbNames: { orders: "Orders_2" } },
    `dbNames.orders is "Orders_2", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "1orders" } },
    `dbNames.orders is "1orders", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "orders_" } },
    `dbNames.orders is "orders_", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "or ders" } },
    `dbNames.orders is "or ders", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "bestellungen_münchen" } },
    `dbNames.orders is "bestellungen_münchen", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "o" } },
    'dbNames.orders is "o", which cannot be the name on the target: it has 1 character; 2 to 64 are allowed.',
  ],
  [
    { dbNames: { orders: "" } },
    'dbNames.orders is "", which cannot be the name on the target: it has 0 characters; 2 to 64 are allowed.',
  ],
  [
    { dbNames: { orders: long(65) } },
    `dbNames.orders is "${long(65)}", which cannot be the name on the target: it has 65 characters; 2 to 64 are allowed.`,
  ],
  [
    { dbNames: { orders: "model" } },
    'dbNames.orders is "model", which cannot be the name on the target: it is a system database of SQL Server.',
  ],
  [
    { dbNames: { orders: "Select" } },
    `dbNames.orders is "Select", which cannot be the name on the target: ${reserved}`,
  ],
  [
    { dbNames: { orders: "sysadmin" } },
    `dbNames.orders is "sysadmin", which cannot be the name on the target: ${reserved}`,
  ],
  [
    { dbNames: { orders: "distribution" } },
    `dbNames.orders is "distribution", which cannot be the name on the target: ${reserved}`,
  ],

  // Names against each other.
  [
    { dbNames: { orders: "shop", crm: "shop" } },
    'dbNames.crm has the target name "shop", which "orders" has already; names are compared without case.',
  ],
  [
    { dbNames: { Shop: "Shop", crm: "shop" } },
    'dbNames.crm has the target name "shop", which "Shop" has already; names are compared without case.',
  ],
  [{ dbNames: ["orders", "crm", "orders"] }, 'dbNames.2 names the database "orders" a second time.'],
  [
    { dbNames: "orders, ORDERS" },
    'dbNames.1 has the target name "ORDERS", which "orders" has already; names are compared without case.',
  ],

  [
    { dbNames: { crm: "shop", Shop: "Shop" } },
    'dbNames.Shop has the target name "Shop", which "crm" has already; names are compared without case.',
  ],
  [
    { dbNames: { master: "master" } },
    'dbNames.master "master" is a system database of SQL Server and cannot be copied.',
  ],

  // The moment.
  [
    { backupId: "7", restoreTime: "2026-02-28T00:00:00Z" },
    "restoreTime cannot be given together with backupId: each names a moment by itself. Give one of the two, or none for the latest backup.",
  ],
  [{ backupId: "" }, 'backupId is "", which is no id of a backup set.'],
  [{ backupId: "7 8" }, 'backupId is "7 8", which is no id of a backup set.'],
  [
    { backupId: 1234567 },
    "backupId must be the id of a backup set, as text (ids are too long for a number); it is the number 1234567.",
  ],
  [{ restoreTime: "yesterday" }, `restoreTime is "yesterday", ${noTime}`],
  [{ restoreTime: "2026-02-30T00:00:00Z" }, `restoreTime is "2026-02-30T00:00:00Z", ${noTime}`],
  [{ restoreTime: "2026-02-28" }, `restoreTime is "2026-02-28", ${noTime}`],
  [
    { restoreTime: 1772330400000 },
    'restoreTime must be a Date, or a text such as "2026-03-01T02:00:00Z"; it is the number 1772330400000.',
  ],
  [
    { restoreTime: "2026-02-28T10:00:00" },
    'restoreTime is "2026-02-28T10:00:00", without a time zone. Write 2026-02-28T10:00:00Z if you mean UTC, or 2026-02-28T02:00:00Z if you mean China time.',
  ],
  [
    { restoreTime: "2026-03-01T02:00:01Z" },
    "restoreTime is 2026-03-01T02:00:01Z, which lies in the future. A copy holds the data of a moment that has passed.",
  ],
  [
    { restoreTime: "2026-03-01T00:00:00-05:00" },
    "restoreTime is 2026-03-01T05:00:00Z, which lies in the future. A copy holds the data of a moment that has passed.",
  ],
  [{ maxBackupAge: "a week" }, `maxBackupAge is "a week", ${noDuration}`],
  [{ maxBackupAge: "0h" }, `maxBackupAge is "0h", ${noDuration}`],
  [{ maxBackupAge: 36 }, 'maxBackupAge must be a duration such as "36h" or "7d"; it is the number 36.'],

  // Switches and modes.
  [
    { syncUserPrivilege: "yes" },
    'syncUserPrivilege must be true, false, "YES" or "NO"; it is the text "yes".',
  ],
  [{ syncUserPrivilege: 1 }, 'syncUserPrivilege must be true, false, "YES" or "NO"; it is the number 1.'],
  [{ adoptExisting: "true" }, 'adoptExisting must be true or false; it is the text "true".'],
  [{ ownershipMarks: [] }, "ownershipMarks must be true or false; it is an empty list."],
  [{ preflight: "strict" }, 'preflight must be "enforce", "warn" or "off"; it is the text "strict".'],
  [
    { requireTargetTags: ["staging"] },
    'requireTargetTags must be a map of tags such as { env: "staging" }; it is a list.',
  ],
  [{ requireTargetTags: { env: 3 } }, "requireTargetTags.env must be a text; it is the number 3."],

  [{ claim: "k3f9q0za" }, 'claim must be a list of ids of marks; it is the text "k3f9q0za".'],
  [
    { claim: ["k3f9q0za", "K3F9Q0ZA"] },
    'claim.1 is "K3F9Q0ZA", which is no id of a mark: eight lower-case letters and digits, as a refusal prints them.',
  ],
  [
    { claim: ["k3f9q0za"], ownershipMarks: false },
    "claim cannot be used with ownershipMarks: false: a claimed database gets a new mark. Remove one of the two.",
  ],

  // Time-outs.
  [
    { timeouts: "2h" },
    'timeouts must be an object of durations for create, update and delete, such as { create: "90m" }; it is the text "2h".',
  ],
  [{ timeouts: { create: "soon" } }, `timeouts.create is "soon", ${noDuration}`],
  [{ timeouts: { delete: 90 } }, 'timeouts.delete must be a duration such as "90m"; it is the number 90.'],
  [{ timeouts: { created: "1h" } }, "timeouts.created is not an input; did you mean create?"],

  // Connection.
  [
    { connection: "cn-shanghai" },
    'connection must be an object with region, profile, endpoint, protocol or assumeRole; it is the text "cn-shanghai".',
  ],
  [{ connection: { region: "" } }, "connection.region must not be empty."],
  [
    { connection: { endpoint: "https://rds.aliyuncs.com" } },
    `connection.endpoint is "https://rds.aliyuncs.com"; ${endpointForm}`,
  ],
  [
    { connection: { endpoint: "rds.aliyuncs.com/path" } },
    `connection.endpoint is "rds.aliyuncs.com/path"; ${endpointForm}`,
  ],
  [
    { connection: { endpoint: "rds.aliyuncs.com:99999" } },
    `connection.endpoint is "rds.aliyuncs.com:99999"; ${endpointForm}`,
  ],
  [
    { connection: { protocol: "FTP" } },
    'connection.protocol must be "HTTP", "HTTPS", "http" or "https"; it is the text "FTP".',
  ],
  [{ connection: { assumeRole: {} } }, "connection.assumeRole.roleArn is required: a text."],
  [
    { connection: { assumeRole: "acs:ram::1:role/x" } },
    'connection.assumeRole must be an object; it is the text "acs:ram::1:role/x".',
  ],
  [
    { connection: { assumeRole: { roleArn: "acs:ram::1:role/x", sessionExpiration: "1h" } } },
    'connection.assumeRole.sessionExpiration must be a number; it is the text "1h".',
  ],
  [
    { connection: { assumeRole: { roleArn: "acs:ram::1:role/x", session: "ci" } } },
    "connection.assumeRole.session is not an input; known are roleArn, sessionName, sessionExpiration, policy, externalId.",
  ],
  [{ connection: { regionId: "cn-shanghai" } }, "connection.regionId is not an input; did you mean region?"],
  [{ connection: { vpc: "vpc-1" } }, `connection.vpc is not an input; known are ${connectionKeys}.`],
  [{ connection: { secretKey: "s3cr3t" } }, `connection.secretKey ${noSecret}`],
  [{ connection: { accessKeyId: "LTAI" } }, `connection.accessKeyId ${noSecret}`],

  // Names of inputs.
  [{ backupID: "7" }, "backupID is not an input; did you mean backupId?"],
  [{ BACKUPID: "7" }, "BACKUPID is not an input; did you mean backupId?"],
  [{ dbname: ["orders"] }, "dbname is not an input; did you mean dbNames?"],
  [{ targetInstanceId: "rm-target" }, "targetInstanceId is not an input; did you mean targetDbInstanceId?"],
  [
    { somethingElse: 1 },
    "somethingElse is not an input; known are sourceDbInstanceId, targetDbInstanceId, dbNames, backupId, restoreTime, maxBackupAge, syncUserPrivilege, requireTargetTags, adoptExisting, claim, preflight, ownershipMarks, timeouts, connection.",
  ],

  // Outputs pasted into texts.
  [{ targetDbInstanceId: pasted }, `targetDbInstanceId ${pastedReason}`],
  [{ sourceDbInstanceId: `rm-${pasted}` }, `sourceDbInstanceId ${pastedReason}`],
  [{ dbNames: `orders,${pasted}` }, `dbNames ${pastedReason}`],
  [{ dbNames: ["orders", `${pasted}_staging`] }, `dbNames.1 ${pastedReason}`],
  [{ dbNames: { orders: `${pasted}_staging` } }, `dbNames.orders ${pastedReason}`],
  [{ dbNames: { orders: "orders", [pasted]: "crm" } }, `dbNames ${pastedKey}`],
  [{ dbNames: { [pasted]: pasted, orders: "orders" } }, `dbNames ${pastedKey}`],
  [{ dbNames: stringified }, `dbNames ${pastedReason}`],
  [{ backupId: "[object Promise]" }, `backupId ${pastedReason}`],
  [{ requireTargetTags: { env: "[object Object]" } }, `requireTargetTags.env ${pastedReason}`],
  [{ connection: { assumeRole: { roleArn: pasted } } }, `connection.assumeRole.roleArn ${pastedReason}`],
];
