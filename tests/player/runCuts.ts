import { cutEverywhere, type CutResult } from "./cuts";
import { scenarios } from "./scenarios";

/** `npm run cuts [-- name]`: every scenario, cut at every call in every way. */
async function main(filter: string | undefined): Promise<void> {
  const all: CutResult[] = [];
  for (const scenario of scenarios.filter(({ name }) => !filter || name.includes(filter))) {
    const results = await cutEverywhere(scenario);
    all.push(...results);
    const same = results.filter(({ sameEnd }) => sameEnd).length;
    const hands = results.filter(({ byHand }) => byHand).length;
    console.log(
      `${scenario.name.padEnd(28)} ${String(results.length).padStart(4)} cuts, ${same} same end, ${hands} by hand (L7)`,
    );
    for (const { way, call, action, sameEnd, lost, doubled, complaints } of results) {
      if (sameEnd && lost.length === 0 && doubled.length === 0) continue;
      console.log(`  call ${call} ${action}, ${way}:`);
      for (const complaint of [
        ...complaints,
        ...lost.map((name) => `lost ${name}`),
        ...doubled.map((name) => `doubled ${name}`),
      ]) {
        console.log(`    ${complaint}`);
      }
    }
  }
  const count = (matches: (result: CutResult) => boolean) => all.filter(matches).length;
  const same = count(({ sameEnd }) => sameEnd);
  const lost = count((result) => result.lost.length > 0);
  const doubled = count((result) => result.doubled.length > 0);
  const byHand = count((result) => result.byHand);
  console.log(
    `${all.length} cuts, ${same} same end, ${lost} lost, ${doubled} doubled, ${byHand} by hand (L7)`,
  );
  process.exitCode = same === all.length && lost === 0 && doubled === 0 ? 0 : 1;
}

void main(process.argv[2]);
