import { XMLBuilder } from "fast-xml-parser";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Asked, WireRequest } from "./wire.js";

export type AnswerFormat = "JSON" | "XML";

/** What the client wants to read: the parameter Format; without it the header Accept, where it begins with XML. */
export function answerFormat(wire: WireRequest, asked: Asked): AnswerFormat {
  const wanted = [...asked.queryPairs, ...asked.bodyPairs].findLast(([name]) => name === "Format")?.[1] ?? "";
  if (wanted !== "") return wanted.toUpperCase() === "XML" ? "XML" : "JSON";
  return /^\s*(text|application)\/xml\b/i.test(wire.headers["accept"] ?? "") ? "XML" : "JSON";
}

/** What stands around an answer in XML: `DescribeBackupsResponse`, or `Error`. */
export type XmlRoot = `${string}Response` | "Error";

/** An answer as the client reads it, and its content type. */
export function writeAnswer(
  format: AnswerFormat,
  root: XmlRoot,
  body: Readonly<Record<string, unknown>>,
): { contentType: string; text: string } {
  switch (format) {
    case "JSON":
      return { contentType: "application/json;charset=utf-8", text: JSON.stringify(body) };
    case "XML":
      return {
        contentType: "text/xml;charset=utf-8",
        text: `${declaration}${xmlBuilder.build({ [root]: body })}`,
      };
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A list is its element once per entry: `Items: { Backup: [a, b] }` is `<Items><Backup>..</Backup><Backup>..</Backup></Items>`. */
const xmlBuilder = new XMLBuilder({
  tagValueProcessor: (_name, value) => (typeof value === "string" ? readable(value) : value),
});

/** Characters that no XML document can hold, not even encoded, become the replacement character. */
const readable = (text: string): string =>
  text.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");

const of = { action: "gateway", parameter: "Format" } as const;

behaviour({
  ...of,
  id: "gateway.xml",
  says: "With Format=XML every answer is XML: the action's name with Response around it, a list as its element once per entry, errors inside Error. The content type is exactly text/xml;charset=utf-8, by which official clients know it.",
  basis: "documented",
  source: sources.sdk,
});
behaviour({
  ...of,
  id: "gateway.xml-declaration",
  says: "XML begins with its declaration, version 1.0 in UTF-8, on a line of its own.",
  basis: "documented",
  source: sources.documents2020,
});
behaviour({
  ...of,
  id: "gateway.xml-unwrapped-lists",
  says: "A list that stands in JSON without a wrapper, such as Items of DescribeHistoryTasks, is written as its own name once per entry. How the service writes such lists in XML is not known: no page shows one.",
  basis: "inferred",
  source: sources.simulator,
});
behaviour({
  ...of,
  id: "gateway.xml-by-accept",
  says: "Without Format the header Accept decides, where it begins with text/xml or application/xml; otherwise the answer is JSON.",
  basis: "inferred",
  source: sources.documents2020,
});
behaviour({
  ...of,
  id: "gateway.xml-control-characters",
  says: "A character that XML cannot hold is answered as the replacement character.",
  basis: "inferred",
  source: sources.simulator,
});
