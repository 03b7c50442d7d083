import type { Subject } from "./subject.js";

/**
 * An answer without what tells whose it is: ids, names, addresses, keys and texts of people are replaced by what
 * they are; numbers, statuses, versions and times stay. Rather one value too many is replaced than one too few.
 */
export function replaced(value: unknown, subject: Subject, keyTexts: readonly string[] = []): unknown {
  const known = [
    ...(["source", "target", "database", "backup", "name"] as const).map(
      (what) => [subject[what] ?? "", `{${what}}`] as const,
    ),
    ...keyTexts.map((text) => [text, "<key>"] as const),
  ].filter(([text]) => text !== "");
  const walk = (inner: unknown, field: string): unknown => {
    if (Array.isArray(inner)) return inner.map((entry) => walk(entry, field));
    if (typeof inner === "object" && inner !== null)
      return Object.fromEntries(Object.entries(inner).map(([name, entry]) => [name, walk(entry, name)]));
    return typeof inner === "string" ? replacedText(inner, field, known) : inner;
  };
  return walk(value, "");
}

function replacedText(text: string, field: string, known: readonly (readonly [string, string])[]): string {
  if (text === "") return "";
  const exact = known.find(([value]) => value === text);
  if (exact !== undefined) return exact[1];
  if (personalFields.test(field)) return `<${field}>`;
  const withoutKnown = known.reduce((rest, [value, name]) => rest.replaceAll(value, name), text);
  return patterns.reduce((rest, [pattern, name]) => rest.replaceAll(pattern, name), withoutKnown);
}

/** Ids, fields whose texts people chose, and those that hold what only the service understands. */
const personalFields =
  /^((?!Region|Zone).*I[dD]|DBName|DataBase|DBDescription|DBInstanceDescription|InstanceName|Account|AccountName|VpcName|TagKey|TagValue|EncryptionKey|SecurityIPList|TaskDetail|ActionInfo|NextToken|.*Uid|AuthPrincipal(OwnerId|DisplayName)|EncodedDiagnosticMessage)$/;

const patterns: readonly (readonly [RegExp, string])[] = [
  [/https?:\/\/[^\s"]+/g, "<address>"],
  [/\bacs:[^\s"]+/g, "<arn>"],
  [/\bLTAI\w+/g, "<key>"],
  [/\b(?:rm|rds|vpc|vsw|rg|sg|i|t|pxm|dds)-[A-Za-z0-9-]+(?:\.[A-Za-z0-9.-]+)?/g, "<id>"],
  [/\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.aliyuncs\.com\b/g, "<host>"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?\b/g, "<ip>"],
  [/\b[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/gi, "<uuid>"],
  [/\b\d{7,}\b/g, "<number>"],
];
