import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

interface PrefixRules {
  readonly from: number;
  readonly to: number;
  /** The prefix that the address has now, which it may keep whatever it looks like. */
  readonly own?: string;
}

/** The first label of an address, given by itself or with the rest behind it; nothing if the parameter is absent. */
export function checkedPrefix(
  { params, world }: Call,
  name: string,
  { from, to, own }: PrefixRules,
): string | undefined {
  const prefix = (params[name] ?? "").split(".")[0]?.toLowerCase() ?? "";
  if (prefix === "") return undefined;
  if (prefix === own) return prefix;
  const fits = prefix.length >= from && prefix.length <= to;
  if (!fits || !/^[a-z][a-z0-9-]*[a-z0-9]$/.test(prefix)) throw refuse(badPrefix);
  const taken = world.instances.some(
    ({ connectionPrefix, publicConnection }) =>
      connectionPrefix === prefix || publicConnection?.prefix === prefix,
  );
  if (taken) throw refuse(prefixTaken, { values: { prefix } });
  return prefix;
}

export function checkedPort({ params }: Pick<Call, "params">): string | undefined {
  const port = params["Port"] ?? "";
  if (port === "") return undefined;
  if (!/^[1-5]\d{3}$/.test(port)) throw refuse(badPort);
  return port;
}

const of = {
  action: "CreateDBInstance, AllocateInstancePublicConnection, ModifyDBInstanceConnectionString",
  basis: "inferred",
  source: sources.publicConnectionPage,
} as const;

const badPrefix = refusal({
  ...of,
  id: "connection.prefix",
  parameter: "ConnectionStringPrefix, ConnectionString",
  code: "InvalidConnectionStringPrefix.Malformed",
  status: 400,
  message: "The prefix of the connection string is not valid.",
  says: "5 to 40 letters, digits and hyphens, a letter first; 8 to 64 where an address is changed. The rule is documented, its code only as a pattern.",
});
const prefixTaken = refusal({
  ...of,
  id: "connection.prefix-taken",
  parameter: "ConnectionStringPrefix, ConnectionString",
  code: "OtherEndpoint.Exist",
  status: 400,
  message: "The address prefix {prefix} exists already.",
  says: "No other address begins with the prefix; the page of AllocateInstancePublicConnection lists the code.",
  basis: "documented",
});
export const unknownAddress = refusal({
  ...of,
  id: "connection.not-found",
  action: "ReleaseInstancePublicConnection, ModifyDBInstanceConnectionString",
  parameter: "CurrentConnectionString",
  code: "InvalidCurrentConnectionString.NotFound",
  status: 404,
  message: "The instance has no address {address}.",
  says: "An address is one of the instance; the alicloud provider takes the code for a connection that is gone.",
  basis: "measured",
  source: sources.terraform,
});
const badPort = refusal({
  ...of,
  id: "connection.port",
  parameter: "Port",
  code: "InvalidPort.Malformed",
  status: 400,
  message: "The port is not valid.",
  says: "1000 to 5999. The range is documented, its code only as a pattern.",
});
