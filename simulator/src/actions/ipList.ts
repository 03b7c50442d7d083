import { isIP } from "node:net";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

/** The comma list of a whitelist, each entry an address or a block. */
export function checkedIpList(text: string): string {
  const entries = text.split(",").map((entry) => entry.trim());
  const wrong = entries.find((entry) => !isAddress(entry));
  if (wrong !== undefined || entries.length > 1000)
    throw refuse(malformed, { values: { entry: wrong ?? "" } });
  if (new Set(entries).size < entries.length) throw refuse(repeated);
  return entries.join(",");
}

function isAddress(entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const of = {
  action: "CreateDBInstance, ModifySecurityIps",
  parameter: "SecurityIPList, SecurityIps",
  source: sources.errorTable2020,
} as const;

const malformed = refusal({
  ...of,
  id: "ip-list.format",
  code: "InvalidSecurityIPListLength.Malformed",
  status: 400,
  message: "The whitelist is not valid: {entry}.",
  says: "A comma list of at most 1000 addresses and blocks. The code is documented for its length; it is taken for the entries too.",
  basis: "inferred",
});
const repeated = refusal({
  ...of,
  id: "ip-list.repeated",
  code: "InvalidSecurityIPList.Duplicate",
  status: 400,
  message: "The whitelist names an address twice.",
  says: "No address stands twice in a whitelist.",
  basis: "documented",
});
