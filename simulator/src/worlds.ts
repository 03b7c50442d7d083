import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorldInput } from "./world/schema.js";
import { parseMoment, parseSeconds, secondText } from "./world/time.js";

/** The worlds that come with the package; each is the file of its name in `worlds/`. */
export const readyWorlds = [
  {
    name: "small-company",
    about: "production with three databases, backups and log backups; staging; development",
  },
  {
    name: "300-databases",
    about: "300 databases on one instance, all in one set, and an empty target for them",
  },
  { name: "multi-region", about: "instances in three regions, two networks and two accounts" },
  { name: "pre-production-tde", about: "encrypted databases, which cannot be copied, beside one that can" },
  {
    name: "broken-log-chain",
    about: "a gap in the log backups, a failed set, an instance without log backups",
  },
] as const;

export type ReadyWorldName = (typeof readyWorlds)[number]["name"];

/**
 * One of the worlds that come with the package, moved in time: its files tell of days in 2026, and a backup of
 * then would be too old for every program that asks how old it is.
 *
 * @param now when the world begins; by default the real time
 */
export const readyWorld = (name: ReadyWorldName, now = new Date()): WorldInput =>
  movedTo(readWorldFile(fileOf(name)), now.getTime());

/** Every time of the document, moved by what its `now` is moved by. */
function movedTo(world: WorldInput, now: number): WorldInput {
  const by = Math.floor(now / 1000) * 1000 - parseMoment(world.now ?? secondText(now));
  const text = JSON.stringify(world, (_name, value: unknown) =>
    typeof value === "string" && parseSeconds(value) !== undefined
      ? secondText(parseMoment(value) + by)
      : value,
  );
  return JSON.parse(text) as WorldInput;
}

/**
 * A world by the name of a ready one, or else by its file; a file is told by a dot or a slash in it, or by being there.
 *
 * @throws Error with a sentence
 */
export function findWorld(nameOrFile: string): WorldInput {
  const ready = readyWorlds.find(({ name }) => name === nameOrFile);
  if (existsSync(nameOrFile) || /[./\\]/.test(nameOrFile)) return readWorldFile(nameOrFile);
  if (ready !== undefined) return readyWorld(ready.name);
  throw new Error(
    `There is no file and no ready world "${nameOrFile}"; the ready ones are ${readyWorlds.map(({ name }) => name).join(", ")}.`,
  );
}

function readWorldFile(file: string): WorldInput {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as WorldInput;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The world file ${file} cannot be read: ${reason}`);
  }
}

/** The same from `src` and `dist`. */
const fileOf = (name: ReadyWorldName) => join(__dirname, "../worlds", `${name}.json`);
