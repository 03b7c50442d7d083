import { runPlanted } from "./storm/runPlanted";
import { runSchedules } from "./storm/runSchedules";

/**
 * `npm run storm -- --lives N --seed S` plays random lives; `npm run storm -- --planted` proves that the
 * storm finds what is wrong.
 */
async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, fallback: number) => {
    const index = args.indexOf(`--${name}`);
    return index < 0 ? fallback : Number(args[index + 1]);
  };
  const lives = option("lives", 2000);
  const seed = option("seed", 1);
  const say = (line: string) => console.log(line);
  const isFine = args.includes("--planted")
    ? await runPlanted({ lives, seed, say })
    : await runSchedules({ lives, seed, say });
  process.exitCode = isFine ? 0 : 1;
}

void main(process.argv.slice(2));
