import fc from "fast-check";
import { actions } from "../../simulator/src/machine.js";
import { queryText, signedPairs } from "../../simulator/src/gateway/signedQuery.js";
import type { Pair, WireRequest } from "../../simulator/src/gateway/wire.js";
import { versionOf } from "../../simulator/src/actions/products.js";

/** One call as a client would think of it. */
export interface Asking {
  readonly action: string;
  readonly version: string;
  readonly params: readonly Pair[];
}

/** A known action with what it must have, known names and mostly values that fit them. */
export const reasonable = (): fc.Arbitrary<Asking> =>
  fc.constantFrom(...actions).chain(({ name: action, required, product }) =>
    fc
      .tuple(
        fc.tuple(...required.map(pairFor)),
        fc.array(fc.constantFrom(...names).chain(pairFor), { maxLength: 5 }),
      )
      .map(([needed, others]) => ({
        action,
        version: versionOf(product ?? "Rds"),
        params: [...others, ...needed],
      })),
  );

/** Anything. */
const unreasonable = (): fc.Arbitrary<Asking> =>
  fc
    .record({
      action: fc.oneof(fc.constantFrom(...actions.map(({ name }) => name)), text()),
      shout: fc.boolean(),
      params: fc.array(
        fc.tuple(
          fc.oneof(fc.constantFrom(...names), text()),
          fc.oneof(fc.constantFrom(...values), text(), json()),
        ),
        { maxLength: 12 },
      ),
    })
    .map(({ action, shout, params }) => ({
      action: shout ? action.toUpperCase() : action,
      version: versionFor(action),
      params: [["DBInstanceId", "rm-prod"], ...params],
    }));

const pairFor = (name: string): fc.Arbitrary<Pair> =>
  fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...(fitting[name] ?? values)) },
      { weight: 1, arbitrary: fc.constantFrom(...values) },
    )
    .map((value) => [name, value] as const);

/** Half of them reasonable and sent as they should be, the other half anything, sent anyhow. */
export const wireRequest = () => fc.oneof(sent(reasonable(), 0), sent(unreasonable(), 1));

/**
 * The request as bytes: parameters in query or body, JSON or XML.
 *
 * @param faults 1: some of it is not as it should be; 0: all of it is
 */
const sent = (
  asked: fc.Arbitrary<Asking>,
  faults: 0 | 1,
): fc.Arbitrary<{ asking: Asking; wire: WireRequest }> => {
  const often = <T, U>(usual: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
    fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: faults, arbitrary: other });
  return fc
    .record({
      asking: asked,
      method: often("POST", fc.constantFrom("GET", "PUT", "DELETE", "PATCH")),
      inBody: fc.boolean(),
      format: fc.oneof(fc.constantFrom("JSON", "XML"), often("JSON", fc.constantFrom("xml", "YAML", ""))),
      secret: often("simulated-secret", text()),
      key: often("simulated-key", text()),
      type: often(
        "application/x-www-form-urlencoded",
        fc.constantFrom("application/json", "text/xml", "", "x"),
      ),
      damage: often(undefined, fc.record({ at: fc.nat(2000), with: text() })),
      headers: often(
        {},
        fc.dictionary(
          fc.constantFrom("x-acs-action", "x-acs-version", "authorization", "accept", "host"),
          text(),
        ),
      ),
    })
    .map(({ asking: asked, method, inBody, format, secret, key, type, damage, headers }) => {
      const given: Pair[] = [
        ["Action", asked.action],
        ["Version", asked.version],
        ["Format", format],
        ...asked.params,
      ];
      const signed = queryText(signedPairs(method, given, { accessKeyId: key, accessKeySecret: secret }));
      const bytes = damage === undefined ? signed : damaged(signed, damage.at, damage.with);
      return {
        asking: asked,
        wire: {
          method,
          path: "/",
          query: inBody ? "" : bytes,
          headers: { host: "127.0.0.1", "content-type": type, ...headers },
          body: Buffer.from(inBody ? bytes : ""),
        },
      };
    });
};

const damaged = (whole: string, at: number, garbage: string) =>
  whole.slice(0, at % (whole.length + 1)) + garbage + whole.slice((at + 3) % (whole.length + 1));

/** Half a character pair cannot be sent as UTF-8; it can stand in JSON. */
const text = () =>
  fc
    .oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom(...nasty), fc.integer().map(String))
    .map((any) => any.replaceAll(/\p{Cs}/gu, "\ufffd"));
const json = () => fc.json().map((any) => any.replaceAll(/\p{Cs}/gu, "\ufffd"));

function versionFor(action: string): string {
  const found = actions.find(({ name }) => name.toLowerCase() === action.toLowerCase());
  return versionOf(found?.product ?? "Rds");
}

/** Values that mean something for a name; others are tried as well. */
const fitting: Readonly<Record<string, readonly string[]>> = {
  DBInstanceId: ["rm-prod", "rm-prod", "rm-staging", "rm-none"],
  TargetDBInstanceId: ["rm-staging", "rm-staging", "rm-prod"],
  DbNames: ['{"orders":"orders"}', '{"crm":"crm_2"}', '{"crm":"crm","orders":"orders_3"}', "{}", "orders"],
  BackupId: ["101", "102", "103"],
  RestoreTime: ["2026-02-28T20:00:00Z", "2026-02-27T20:00:00Z", "2026-02-01T00:00:00Z", "yesterday"],
  DBName: ["orders", "crm", "late", "orders_copy", "Nobody"],
  RegionId: ["cn-hangzhou", "cn-hangzhou", "cn-beijing", "moon"],
  AccountName: ["app", "owner", "new_account"],
  AccountPassword: ["Passw0rd!", "short"],
  AccountPrivilege: ["ReadWrite", "ReadOnly", "DBOwner", "Everything"],
  ResourceType: ["INSTANCE"],
  Engine: ["SQLServer", "MySQL"],
  EngineVersion: ["2019_std_ha", "2008"],
  StartTime: ["2026-02-27T00:00Z", "2026-02-27T00:00:00Z", "2026-02-30T00:00Z"],
  EndTime: ["2026-03-02T00:00Z", "2026-03-01T00:00:00Z", "2026-02-01T00:00Z"],
  FromStartTime: ["2026-02-28T00:00:00Z"],
  ToStartTime: ["2026-03-02T00:00:00Z"],
  PageSize: ["1", "30", "50", "100", "0", "-1"],
  PageNumber: ["1", "2", "2147483648"],
  RoleArn: ["acs:ram::1000000000000001:role/reader"],
  RoleSessionName: ["someone"],
  "ResourceId.1": ["rm-prod", "rm-staging"],
  SecurityIps: ["10.0.0.0/8,127.0.0.1", "everywhere"],
};

const nasty = [
  "__proto__",
  "constructor",
  "toString",
  "",
  " ",
  "\0",

  "%",
  "%zz",
  "&",
  "=",
  "NaN",
  "-1",
  "1e999",
  "0x10",
  "9".repeat(400),
  "a".repeat(5000),
  "${x}",
  "{stringToSign}",
  "null",
  "[]",
  "{}",
  '{"a":',
  "(((((a+)+)+)+)+)$",
  "*",
  "2026-02-30T25:61:61Z",
  "9999-12-31T23:59:59Z",
  "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00Z",
];

const names = [
  "AccountDescription",
  "AccountName",
  "AccountPassword",
  "AccountPrivilege",
  "AccountType",
  "BackupId",
  "BackupJobId",
  "BackupMethod",
  "BackupMode",
  "BackupStatus",
  "BackupStrategy",
  "BackupType",
  "Category",
  "CharacterSetName",
  "ClientToken",
  "ConfigName",
  "ConfigValue",
  "DBDescription",
  "DBInstanceClass",
  "DBInstanceDescription",
  "DBInstanceId",
  "DBInstanceNetType",
  "DBInstanceStorage",
  "DBInstanceStorageType",
  "DBInstanceType",
  "DBName",
  "DBStatus",
  "DbNames",
  "DeletionProtection",
  "DryRun",
  "DurationSeconds",
  "EndTime",
  "Engine",
  "EngineVersion",
  "FromStartTime",
  "InstanceId",
  "MaintainTime",
  "MaxResults",
  "NextToken",
  "OwnerId",
  "PageNumber",
  "PageSize",
  "PayType",
  "Period",
  "RegionId",
  "ResourceGroupId",
  "ResourceId.1",
  "ResourceType",
  "RestoreTime",
  "RoleArn",
  "RoleSessionName",
  "SecurityIPList",
  "SecurityIps",
  "StartTime",
  "Status",
  "SyncUserPrivilege",
  "Tag.1.Key",
  "Tag.1.Value",
  "TagKey.1",
  "Tags",
  "TargetDBInstanceId",
  "TaskId",
  "TaskAction",
  "ToStartTime",
  "VSwitchId",
  "ZoneId",
] as const;

const values = [
  "rm-prod",
  "rm-staging",
  "rm-none",
  "orders",
  "crm",
  "orders_copy",
  "101",
  "102",
  "SQLServer",
  "2019_std_ha",
  "cn-hangzhou",
  '{"orders":"orders"}',
  '{"crm":"crm_2","orders":"orders_2"}',
  '{"Orders":"MASTER"}',
  '{"orders":"\\ud800"}',
  "2026-02-28T20:00:00Z",
  "2026-02-28T20:00Z",
  "2026-03-01T00:00Z",
  "YES",
  "NO",
  "true",
  "false",
  "1",
  "2",
  "30",
  "50",
  "100",
  "500",
  "INSTANCE",
  "key",
  "value",
  "Physical",
  "Snapshot",
  "Automated",
  "Success",
  "app",
  "shop_app",
  "Passw0rd!",
  "ReadWrite",
  "DBOwner",
  "Primary",
  "Running",
  "Postpaid",
  "Intranet",
  "mssql.x4.medium.s2",
  "utf8",
  "cloud_essd",
  "10.0.0.0/8,127.0.0.1",
  "acs:ram::1000000000000001:role/reader",
  '{"team":"shop"}',
  '["a"]',
] as const;
