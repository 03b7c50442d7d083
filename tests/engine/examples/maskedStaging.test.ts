import assert from "node:assert/strict";
import { production } from "../harness/world";
import { openExample, type Example } from "./openExample";
import { assertShownIsPrinted } from "./printed";

describe("examples/masked-staging", () => {
  it("masks before anyone may look: once per fill, again after a failure, and grants come last", async () => {
    await using example = await openMaskedStaging();
    await example.well("preview");

    // The mask fails at first. The data is there, and nobody is let in.
    await example.sqlcmdRefuses(true);
    const failed = await up(example, "badly");
    assert.match(failed, /Invalid column name 'Email'/);
    assert.deepEqual(example.story(), ["copy crm, orders from backup 1002"]);
    assert.ok((await example.sqlcmdCalls()).length > 0);
    assert.deepEqual(whoMayEnter(example), { orders: [], crm: [] });

    // The next run masks, and only then grants; nothing is copied again.
    await example.sqlcmdRefuses(false);
    assertShownIsPrinted("masked-staging", failed, await up(example, "well"));
    assert.deepEqual(example.story(), grants);
    assert.deepEqual(await maskedNow(example), [
      "crm-1002 with nobody in it",
      "orders-1002 with nobody in it",
    ]);
    assert.deepEqual(example.contents("rm-staging"), {
      orders: "masked orders-1002",
      crm: "masked crm-1002",
    });
    assert.deepEqual(whoMayEnter(example), { orders: ["testers"], crm: ["testers"] });

    // An unchanged run masks nothing.
    await example.well("up", "--yes", "--skip-preview", "--expect-no-changes");
    assert.deepEqual(await example.sqlcmdCalls(), []);

    // A database that was lost is copied again, without users; all is masked, then granted.
    dropInTheConsole(example, "crm");
    await example.well("up", "--yes", "--skip-preview", "--refresh");
    const repair = example.story();
    assert.equal(repair[0], "copy crm from backup 1002");
    assert.deepEqual([...repair.slice(-2)].sort(), grants);
    assert.deepEqual(
      (await example.sqlcmdCalls()).map(({ database, ended }) => `${database} ${ended}`).sort(),
      ["crm well", "orders well"],
    );
    assert.deepEqual(whoMayEnter(example), { orders: ["testers"], crm: ["testers"] });

    // A refill: the old data goes with its grants, and nobody may enter the new data until it is masked.
    await example.set({ refresh: "second" });
    await up(example, "well");
    const refill = example.story();
    assert.deepEqual(refill.slice(-2), grants);
    assert.deepEqual([...refill.slice(0, 2)].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual(refill.slice(2, -2), ["copy crm, orders from backup 1002"]);
    assert.deepEqual(await maskedNow(example), [
      "crm-1002 with nobody in it",
      "orders-1002 with nobody in it",
    ]);
    assert.deepEqual(whoMayEnter(example), { orders: ["testers"], crm: ["testers"] });

    // One more refill, and the mask fails for good: nobody ever gets in, run after run.
    await example.set({ refresh: "third" });
    await example.sqlcmdRefuses(true);
    await up(example, "badly");
    assert.equal(example.story().at(-1), "copy crm, orders from backup 1002");
    assert.deepEqual(whoMayEnter(example), { orders: [], crm: [] });
    await up(example, "badly");
    assert.deepEqual(example.story(), []);
    assert.deepEqual(whoMayEnter(example), { orders: [], crm: [] });

    await example.well("destroy", "--yes", "--skip-preview");
    assert.deepEqual([...example.story()].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual(example.contents("rm-staging"), {});
  });
});

const grants = ["grant ReadOnly on crm to testers", "grant ReadOnly on orders to testers"];

function openMaskedStaging(): Promise<Example> {
  return openExample("masked-staging", {
    world: {
      instances: [
        production,
        {
          id: "rm-staging",
          tags: { env: "staging" },
          dbAccounts: [{ name: "masker", type: "Super" }, { name: "testers" }],
        },
      ],
    },
    settings: { production: "rm-prod", staging: "rm-staging", maskingUser: "masker", testers: "testers" },
    secrets: { maskingPassword: "Mask-2026!" },
  });
}

function up(example: Example, end: "well" | "badly"): Promise<string> {
  return example[end]("up", "--yes", "--skip-preview");
}

/** Without a call of the API: as if somebody had done it in the console. */
function dropInTheConsole(example: Example, name: string): void {
  const world = example.simulator.world();
  example.simulator.setWorld({
    ...world,
    instances: world.instances.map((instance) =>
      instance.id === "rm-staging"
        ? { ...instance, databases: instance.databases.filter((database) => database.name !== name) }
        : instance,
    ),
  });
}

/** Which accounts can reach which database of staging, apart from the one that masks. */
function whoMayEnter(example: Example): Readonly<Record<string, readonly string[]>> {
  const staging = example.simulator.world().instances.find(({ id }) => id === "rm-staging");
  return Object.fromEntries((staging?.databases ?? []).map(({ name, users }) => [name, Object.keys(users)]));
}

async function maskedNow(example: Example): Promise<string[]> {
  const calls = await example.sqlcmdCalls();
  return calls
    .filter(({ ended }) => ended === "well")
    .map(({ content, users }) => `${content} with ${users.join(" and ") || "nobody"} in it`)
    .sort();
}
