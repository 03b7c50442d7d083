import type { Simulator } from "alicloud-rds-simulator";
import { narrator } from "./narrator.ts";
import { showWorld } from "./showWorld.ts";
import type { Terminal } from "./terminal.ts";

/** The life of one DatabaseCopy, shown with real commands. */
export async function tellStory(terminal: Terminal, simulator: Simulator): Promise<void> {
  narrator.text(
    "A small company fills its staging instance from a backup of production, with examples/quickstart:",
    "orders keeps its name, crm becomes crm_staging, and no user of production comes along.",
  );
  showWorld(simulator);

  narrator.chapter(1, "What would happen?");
  await terminal.run("pulumi", "preview");

  narrator.chapter(2, "Copy, and wait until the databases answer");
  await terminal.run("pulumi", "up", "--yes", "--skip-preview");
  showWorld(simulator);

  narrator.chapter(3, "Someone drops a database outside Pulumi");
  dropInTheConsole(simulator, "crm_staging");
  narrator.event("crm_staging was dropped in the console, and someone made a database of their own: notes.");
  await terminal.run("pulumi", "refresh", "--yes", "--skip-preview");
  narrator.text(
    "The next update copies that one again, and only that one, from the backup that the others came from.",
  );
  await terminal.run("pulumi", "up", "--yes", "--skip-preview");
  showWorld(simulator);

  narrator.chapter(4, "A mistake is reported before anything is changed");
  await terminal.run("pulumi", "config", "set", "restoreTime", "2026-11-01 02:00");
  await terminal.runRefused("pulumi", "preview");
  await terminal.run("pulumi", "config", "rm", "restoreTime");

  narrator.chapter(5, "Destroy: what was copied is dropped, and nothing else");
  await terminal.run("pulumi", "destroy", "--yes", "--skip-preview");
  showWorld(simulator);
  narrator.text(
    "Production was only read, and notes, which Pulumi did not make, is still there.",
    "All calls that changed something in the simulated cloud:",
    ...changingCalls(simulator).map((line) => `  ${line}`),
    "Tags are intents and descriptions are owner marks: by them the next run continues an interrupted one.",
  );
}

/** Without a call of the API: as if someone else had done it long ago. */
function dropInTheConsole(simulator: Simulator, name: string): void {
  const world = simulator.world();
  simulator.setWorld({
    ...world,
    instances: world.instances.map((instance) =>
      instance.id === "rm-staging"
        ? {
            ...instance,
            databases: [
              ...instance.databases.filter((database) => database.name !== name),
              { name: "notes", content: "made by hand" },
            ],
          }
        : instance,
    ),
  });
}

function changingCalls(simulator: Simulator): string[] {
  const counts = new Map<string, number>();
  for (const { action } of simulator.journal()) {
    if (/^(Describe|List)/.test(action)) continue;
    counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return [...counts].map(([action, count]) => `${count} ${action}`);
}
