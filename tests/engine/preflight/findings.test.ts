import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { findingCodes, severityOf, type FindingCode } from "../../../provider/src/preflight/finding";
import { openStage, type Stage } from "../harness/stage";
import { obstacles, type Obstacle } from "../../unit/preflight/obstacles";
import {
  inputs as sound,
  now,
  source,
  target,
  type Inputs,
  type WorldParts,
} from "../../unit/preflight/stage";

/**
 * Every finding on the real engine. A failed check ends the program, so a preview shows one refused copy: with as many
 * obstacles in its way as can stand there together.
 */
describe("engine: preflight", () => {
  // This one concerns the region of the whole stack.
  const shared = obstacles.filter(({ code }) => code !== "region-other");
  const others = shared.filter((obstacle) => severityOf(obstacle) !== "blocks");

  const together: readonly (readonly FindingCode[])[] = [
    ["instance-not-found"],
    ["engine"],
    [
      "instance-locked",
      "network-type",
      "version-pair",
      "category-pair",
      "target-tags-missing",
      "database-encrypted",
      "backup-failed",
    ],
    [
      "instance-released",
      "region-pair",
      "instance-type",
      "source-database-cold",
      "database-count",
      "backup-unfinished",
    ],
    ["instance-deleting", "serverless", "no-space", "backup-expired"],
    ["source-database-missing", "backup-missing"],
    ["backup-lacks-database"],
    ["no-usable-backup"],
    ["backup-too-old", "snapshot-target"],
    ["recovery-model"],
    ["restore-time-too-early"],
    ["restore-time-in-hole"],
  ];

  for (const codes of together) {
    it(`refuses in a preview, with the property and the way out: ${codes.join(", ")}`, async () => {
      const met = codes.map((code) => obstacles.find((obstacle) => obstacle.code === code) as Obstacle);
      const all = inOne(met);
      await using stage = await openStage({ world: worldOf([all], ({ world }) => world), clock: "virtual" });
      await stage.program(programOf([all], ({ inputs }) => inputs));
      const { exitCode, text } = await stage.preview();
      assert.notEqual(exitCode, 0, text);
      const said = saidOf(text, 0);
      for (const obstacle of met) {
        const { property, code } = obstacle;
        const line = said.split("error:").find((part) => part.includes(`[${code}]`)) ?? "";
        assert.ok(line.includes(`${property}: [${code}]`), `${property}: [${code}] in\n${said}`);
        assert.match(line, way(obstacle, 0));
      }
      assert.doesNotMatch(text, /^\s+at .+:\d+:\d+/m);
      assertUntouched(stage);
    });
  }

  it("these are all that refuse", () => {
    const blocking = Object.keys(findingCodes).filter(
      (code) => severityOf({ code: code as FindingCode }) === "blocks",
    );
    // The simulator never tells what a snapshot set holds: rareAnswers.test.ts.
    assert.deepEqual([...together.flat(), "snapshot-part"].sort(), blocking.sort());
  });

  it("warns of every copy that may not be made, once each, and previews it", async () => {
    await using stage = await openStage({ world: worldOf(others, ({ world }) => world), clock: "virtual" });
    await stage.program(programOf(others, ({ inputs }) => inputs));
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    for (const [index, obstacle] of others.entries()) {
      const said = saidOf(text, index);
      assert.ok(said.includes(`warning: [${obstacle.code}]`), `${obstacle.what}:\n${said}`);
      assert.match(said, way(obstacle, index), obstacle.what);
      assert.equal(said.split("warning:").length, 2, said);
    }
    assertUntouched(stage);
  });

  it("has nothing to say about the same copies without what stood against them", async () => {
    await using stage = await openStage({
      world: worldOf(shared, ({ without }) => without?.world),
      clock: "virtual",
    });
    await stage.program(programOf(shared, ({ without }) => without?.inputs));
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.doesNotMatch(text, /warning:|error:/);
    assert.match(text, new RegExp(`\\+ ${shared.length + 1} to create`));
    for (const index of shared.keys()) assert.match(saidOf(text, index), /Copies .* from rm-prod-\d+ to /);
    assertUntouched(stage);
  });
});

/** Several obstacles in the way of one copy. */
function inOne(met: readonly Obstacle[]): Obstacle {
  const merged = <T extends object>(parts: readonly (T | undefined)[]) => Object.assign({}, ...parts) as T;
  return {
    ...(met[0] as Obstacle),
    inputs: merged(met.map(({ inputs }) => inputs)),
    world: {
      source: merged(met.map(({ world }) => world?.source)),
      target: merged(met.map(({ world }) => world?.target)),
    },
  };
}

/** The instances of one obstacle, under ids of their own, in a world whose time is the real one. */
function worldOf(
  all: readonly Obstacle[],
  partsOf: (obstacle: Obstacle) => WorldParts | undefined,
): WorldInput {
  const instances = all.flatMap((obstacle, index) => {
    const parts = partsOf(obstacle);
    return [renamed({ ...source, ...parts?.source }, index), renamed({ ...target, ...parts?.target }, index)];
  });
  return { now: today(now), instances };
}

function programOf(all: readonly Obstacle[], inputsOf: (obstacle: Obstacle) => Inputs | undefined): string {
  return all
    .map((obstacle, index) => {
      // The constructor writes the real one.
      const args = renamed({ ...sound, ...inputsOf(obstacle), resourceUrn: undefined }, index);
      return `new DatabaseCopy("c${index}", ${JSON.stringify(args)});`;
    })
    .join("\n");
}

function way({ way }: Obstacle, index: number): RegExp {
  return new RegExp(renamed(way.source, index));
}

/** The obstacles were written for one day and one pair of instances. */
function renamed<T>(value: T, index: number): T {
  const text = JSON.stringify(value).replace(/rm-(prod|staging)\b/g, `rm-$1-${index}`);
  return JSON.parse(text.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g, today)) as T;
}

/** Whole minutes, since that is all that the times of log backups tell. */
const laterBy = Math.floor((Date.now() - Date.parse(now)) / 60_000) * 60_000;

function today(moment: string): string {
  return `${new Date(Date.parse(moment) + laterBy).toISOString().slice(0, 19)}Z`;
}

/** What the diagnostics say about one resource. */
function saidOf(text: string, index: number): string {
  const [, after = ""] = text.split(`DatabaseCopy (c${index}):\n`);
  return after.split(/^ {2}\S.*:$|^\S.*:$/m)[0] ?? "";
}

function assertUntouched({ simulator }: Stage): void {
  const changing = simulator.journal().filter(({ action }) => !/^(Describe|List)/.test(action));
  assert.deepEqual(changing, []);
}
