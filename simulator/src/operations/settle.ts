import { produce } from "immer";
import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Operation, World, WorldDraft } from "../world/schema.js";
import { advanceCopy, copyIsDue } from "./copy.js";
import { advanceDrop, dropIsDue } from "./drop.js";
import { finishBackup } from "./backup.js";
import { endOperation } from "./end.js";
import { finishAccount, finishChange, finishDatabase, finishDeletion, finishInstance } from "./made.js";
import { shareDone } from "./operation.js";
import { passTime } from "./passTime.js";

/** Lets everything happen that is due by now. The same world comes back if nothing was. */
export function settle(world: World, moment: Moment): World {
  const due = world.operations.filter((operation) => isDue(operation, shareDone(operation, moment)));
  const settled =
    due.length === 0
      ? world
      : produce(world, (draft) => {
          for (const operation of due) {
            // One that was due may have ended with its instance.
            if (draft.operations.some(({ id }) => id === operation.id)) advance(draft, operation, moment);
          }
        });
  return moment.stepped === true ? settled : passTime(settled, moment);
}

/** Under the stepped clock: moves on what the last answer showed. */
export function stepLooked(world: World, looked: ReadonlySet<string>, moment: Moment): World {
  if (looked.size === 0) return world;
  const moved = produce(world, (draft) => {
    for (const operation of draft.operations) {
      if (looked.has(operation.id)) operation.looks += 1;
    }
  });
  return settle(moved, moment);
}

function isDue(operation: Operation, share: number): boolean {
  switch (operation.kind) {
    case "copy":
      return copyIsDue(operation, share);
    case "drop":
      return dropIsDue(share);
    case "createDatabase":
    case "createAccount":
    case "backup":
    case "createInstance":
    case "changeInstance":
    case "deleteInstance":
      return share >= 1;
  }
}

function advance(draft: WorldDraft, operation: Operation, moment: Moment): void {
  switch (operation.kind) {
    case "copy":
      return advanceCopy(draft, operation, moment);
    case "drop":
      return advanceDrop(draft, operation, moment);
    case "createDatabase":
      finishDatabase(draft, operation, moment);
      break;
    case "createAccount":
      finishAccount(draft, operation);
      break;
    case "backup":
      finishBackup(draft, operation, moment);
      break;
    case "createInstance":
      finishInstance(draft, operation);
      break;
    case "changeInstance":
      finishChange(draft, operation);
      break;
    case "deleteInstance":
      finishDeletion(draft, operation, moment);
      break;
  }
  endOperation(draft, operation, moment);
}

behaviour({
  id: "clock.stepped",
  action: "*",
  says: "Under the stepped clock an operation moves one state whenever an answer shows it (its database or its task), after that answer.",
  basis: "documented",
  source: sources.simulator,
});
