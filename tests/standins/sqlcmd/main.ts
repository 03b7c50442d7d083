import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import lockfile from "proper-lockfile";
import { connectToSimulator } from "alicloud-rds-simulator/client";

/** One call, as the tests read it: what was in the database, and who else could reach it at that moment. */
export interface SqlcmdCall {
  readonly database: string;
  readonly content: string;
  readonly users: readonly string[];
  readonly ended: "well" | "badly";
}

const { values } = parseArgs({
  options: {
    S: { type: "string", short: "S", default: "" },
    U: { type: "string", short: "U", default: "" },
    d: { type: "string", short: "d", default: "" },
    i: { type: "string", short: "i", default: "" },
    b: { type: "boolean", short: "b" },
  },
});

void alone(run);

/** The world is read and put back as a whole, and two scripts may run side by side. */
async function alone(work: () => Promise<void>): Promise<void> {
  const release = await lockfile.lock(dirname(process.env["SQLCMD_CALLS"] ?? ""), {
    retries: { retries: 200, factor: 1, minTimeout: 20, maxTimeout: 20 },
  });
  try {
    await work();
  } finally {
    await release();
  }
}

async function run(): Promise<void> {
  const { SIMULATOR = "", SQLCMD_CALLS = "", SQLCMD_REFUSES = "", SQLCMDPASSWORD = "" } = process.env;
  const simulator = connectToSimulator(SIMULATOR);
  const world = await simulator.world();
  const id = values.S.split(".")[0];
  const instance = world.instances.find((each) => each.id === id);
  const database = instance?.databases.find(({ name }) => name === values.d);
  if (instance === undefined || database === undefined) return fail(`Cannot open database "${values.d}".`);
  const account = instance.dbAccounts.find(({ name }) => name === values.U);
  if (account === undefined || SQLCMDPASSWORD === "") return fail(`Login failed for user '${values.U}'.`);
  if (account.type === "Normal" && database.users[account.name] === undefined)
    return fail(`The user '${values.U}' cannot open "${values.d}".`);
  if (!readFileSync(values.i, "utf8").includes("UPDATE")) return fail(`${values.i} masks nothing.`);

  const refused = existsSync(SQLCMD_REFUSES);
  const call: SqlcmdCall = {
    database: database.name,
    content: database.content,
    users: Object.keys(database.users),
    ended: refused ? "badly" : "well",
  };
  appendFileSync(SQLCMD_CALLS, `${JSON.stringify(call)}\n`);
  if (refused) return fail("Msg 207, Level 16, State 1: Invalid column name 'Email'.");

  await simulator.setWorld({
    ...world,
    instances: world.instances.map((each) => ({
      ...each,
      databases: each.databases.map((one) =>
        each.id === id && one.name === database.name ? { ...one, content: `masked ${one.content}` } : one,
      ),
    })),
  });
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
