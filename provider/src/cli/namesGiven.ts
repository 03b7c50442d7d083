import { CommandRefusal } from "./refusal";

/**
 * The names of a command line, source to target: comma lists, or arguments of their own. Shells differ in what they
 * do with blanks and quotes: cmd.exe passes single quotes on.
 */
export function namesGiven(texts: readonly string[]): Record<string, string> {
  const pairs = texts
    .join(",")
    .split(",")
    .map((text) => text.trim().replace(/^['"]|['"]$/g, ""))
    .filter((text) => text !== "")
    .map(pairIn);
  const twice = pairs.map(([source]) => source).find((source, index, all) => all.indexOf(source) < index);
  if (twice !== undefined) throw new CommandRefusal(`${twice} is named twice.`);
  return Object.fromEntries(pairs);
}

function pairIn(text: string): [source: string, target: string] {
  const parts = text.split("=").map((name) => name.trim());
  const [source = "", target = source] = parts;
  if (parts.length > 2 || parts.includes(""))
    throw new CommandRefusal(`${JSON.stringify(text)} is no name and no source=target.`);
  return [source, target];
}
