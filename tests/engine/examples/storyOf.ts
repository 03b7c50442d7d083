import type { JournalEntry, Simulator } from "alicloud-rds-simulator";
import { changesIn } from "../harness/changes";

/** Listens to a cloud, and tells what was changed there: one text for each change, in order. */
export interface StoryTeller {
  /** To be told of every call, when it has been carried out. */
  listen(simulator: Simulator): void;
  /** What there is to tell since the last time. `orders runs` is told when that database is first seen to run. */
  news(): readonly string[];
}

export function storyTeller(): StoryTeller {
  let story: string[] = [];
  let heard = 0;
  let running: ReadonlySet<string> | undefined;
  return {
    listen(simulator) {
      const journal = simulator.journal();
      story.push(...journal.slice(heard).flatMap(changeOf));
      heard = journal.length;
      const now = runningIn(simulator);
      const before = running ?? now;
      story.push(...[...now].filter((name) => !before.has(name)).map((name) => `${name} runs`));
      running = now;
    },
    news() {
      const told = story;
      story = [];
      return told;
    },
  };
}

/** Databases, and around them instances, accounts and rights. */
function changeOf(entry: JournalEntry): readonly string[] {
  const { action, status, parameters } = entry;
  if (status !== 200) return [];
  const { AccountName: account = "", DBName: database = "", AccountPrivilege: privilege = "" } = parameters;
  switch (action) {
    case "CreateDBInstance":
      return ["create instance"];
    case "DeleteDBInstance":
      return ["delete instance"];
    case "CreateAccount":
      return [`create account ${account}`];
    case "DeleteAccount":
      return [`delete account ${account}`];
    case "GrantAccountPrivilege":
      return [`grant ${privilege} on ${database} to ${account}`];
    case "RevokeAccountPrivilege":
      return [`revoke ${database} from ${account}`];
    default:
      return changesIn([entry]);
  }
}

function runningIn(simulator: Simulator): ReadonlySet<string> {
  const { instances } = simulator.world();
  return new Set(
    instances.flatMap(({ databases }) =>
      databases.filter(({ status }) => status === "Running").map(({ name }) => name),
    ),
  );
}
