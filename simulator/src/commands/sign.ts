import { Command, Option } from "commander";
import { queryText, signedPairs, type Keys } from "../gateway/signedQuery.js";
import { keysFor, withKeyOptions, type KeyFlags } from "./keys.js";

interface Flags extends KeyFlags {
  readonly method: string;
  readonly format?: string;
  readonly signatureOnly?: true;
}

/** Prints an address that curl can ask: a request in the plain query form of the API pages, signed. */
export const signCommand = (): Command =>
  withKeyOptions(
    new Command("sign")
      .description("sign a request in the plain query form of the API pages, for curl")
      .argument("<address>", "such as 'http://127.0.0.1:8094/?Action=DescribeDatabases&DBInstanceId=rm-a'")
      .addOption(
        new Option("--method <method>", "how it will be sent").choices(["GET", "POST"]).default("GET"),
      )
      .addOption(new Option("--format <format>", "of the answer").choices(["JSON", "XML"]))
      .option("--signature-only", "print the value of Signature and nothing else"),
  )
    .addHelpText(
      "after",
      `
Version, Format, AccessKeyId, Timestamp, SignatureNonce and the like are filled in where the address lacks them; the
words <common parameters> that stand in the pages' samples are left out. An address serves once, for 15 minutes:
  curl "$(alicloud-rds-simulator sign 'http://127.0.0.1:8094/?Action=DescribeDatabases&DBInstanceId=rm-a')"`,
    )
    .action((address: string, flags: Flags) => {
      const url = readAddress(address);
      const pairs = signedAddress(url, flags.method, flags.format, keysFor(url.hostname, flags));
      const signature = pairs.find(([name]) => name === "Signature")?.[1] ?? "";
      console.log(flags.signatureOnly ? signature : `${url.origin}${url.pathname}?${queryText(pairs)}`);
    });

function signedAddress(url: URL, method: string, format: string | undefined, keys: Keys) {
  const asked = [...url.searchParams].filter(([name]) => !name.startsWith("<"));
  if (!asked.some(([name]) => name === "Action")) throw new Error("The address names no Action.");
  const others = asked.filter(([name]) => format === undefined || name !== "Format");
  return signedPairs(
    method,
    [...others, ...(format === undefined ? [] : [["Format", format] as const])],
    keys,
  );
}

function readAddress(text: string): URL {
  const address = text.replaceAll(/\s+/g, "");
  if (!URL.canParse(address) || !/^https?:/.test(address))
    throw new Error(`"${text}" is not an address such as http://127.0.0.1:8094/?Action=DescribeDatabases.`);
  return new URL(address);
}
