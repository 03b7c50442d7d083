import { data, resources, type Settings } from "./configurations";
import { explore } from "./explore";

/* After each everyday accident: does a plain `pulumi up` finish? One row per story. */

const base = { operations: 1, faults: 1, kinds: ["up"], failing: false, creating: true } as const;
const quick = { ...base, hiding: false, operations: 2 };
const two = { names: ["N", "M"] };

export const everydayStories: readonly Settings[] = [
  { name: "first create", ...base },
  { name: "first create, no mark while creating", ...base, markLate: true },
  { name: "first create, mark while creating is lost", ...base, markLost: true },
  { name: "first create, the copy is done at once", ...base, creating: false },
  { name: "first create, the service refuses", ...base, refusing: true },
  { name: "first create, calls are put off", ...base, busy: true },
  { name: "first create, a look fails", ...base, failingLooks: true },
  { name: "the copy fails", ...base, failing: true },
  { name: "two runs", ...base, operations: 2 },
  {
    name: "one name is added",
    ...quick,
    ...two,
    changes: 1,
    programs: [data(), data({ names: ["N", "M"] })],
  },
  {
    name: "one name is taken out",
    ...quick,
    ...two,
    changes: 1,
    programs: [data({ names: ["N", "M"] }), data()],
  },
  { name: "replacement by trigger", ...quick, changes: 1, programs: [data(), data({ trigger: 1 })] },
  {
    name: "rename with alias",
    ...quick,
    changes: 1,
    programs: [data(), resources({ copies: { alias: "data" } })],
  },
  {
    name: "two resources at once",
    ...base,
    ...two,
    parallel: 2,
    hiding: false,
    creating: false,
    programs: [resources({ a: {}, b: { names: ["M"] } })],
  },
  { name: "refresh in between", ...quick, kinds: ["up", "refresh"] },
  { name: "destroy in between", ...quick, kinds: ["up", "destroy"] },
  {
    name: "two accidents, one name is added",
    ...quick,
    ...two,
    faults: 2,
    changes: 1,
    creating: false,
    programs: [data(), data({ names: ["N", "M"] })],
  },
  { name: "someone drops it", ...quick, handCount: 1, hands: ["drop"] },
  { name: "tags cannot be used", ...base, tagsReadable: false, tagsWritable: false },
  { name: "descriptions cannot be written", ...base, describable: false },
  { name: "tasks cannot be read", ...base, tasks: false },
  { name: "ownershipMarks: false", ...base, marksOn: false },
];

export interface EverydayRow {
  readonly name: string;
  /** Resting states after an accident. */
  readonly ends: number;
  readonly plainUp: number;
  readonly secondUp: number;
  readonly byHand: number;
  /** By reason: what needs a hand. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly isClean: boolean;
}

const accidents = /KILLED|answer lost|fails|timeout|refused|later|someone/;

export function everyday(settings: Settings): EverydayRow {
  const reasons = new Map<string, number>();
  let plainUp = 0;
  let secondUp = 0;
  let byHand = 0;
  const { violations } = explore(settings, {
    maxStates: 40_000,
    onRest: ({ first, second }, story) => {
      if (!story.some((line) => accidents.test(line))) return;
      const stuck = second.find(({ end }) => end !== "done");
      if (!stuck) {
        if (first.some(({ end }) => end !== "done")) secondUp++;
        else plainUp++;
        return;
      }
      byHand++;
      const refusals = stuck.says.filter(({ what }) => what === "refused").map(({ why }) => why);
      const why = [...new Set(refusals)].join() || (stuck.why ?? "");
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    },
  });
  const ends = plainUp + secondUp + byHand;
  return { name: settings.name, ends, plainUp, secondUp, byHand, reasons, isClean: violations.size === 0 };
}
