import { configurations, large, type Settings } from "./configurations";
import { explore, type Explored } from "./explore";

const only = process.argv[2]?.split(",") ?? Object.keys(configurations);
for (const key of only) {
  const r = explore(({ ...large, ...configurations } as Record<string, Settings>)[key]!, {
    maxStates: 150_000,
    maxSeconds: 200,
  });
  console.log(
    key,
    r.states,
    r.resting,
    r.cpu.toFixed(1),
    r.isCut ? "CUT" : "",
    r.violations.size ? "VIOLATED" : "clean",
  );
  for (const [k, v] of [...r.violations].sort((a, b) => a[1].story.length - b[1].story.length).slice(0, 3))
    console.log("    ", k, v.count, "\n         " + v.story.join("\n         "));
}
export type { Explored };
