#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { signCommand } from "./commands/sign.js";
import { clockKinds, type ClockKind } from "./server/clock.js";
import { startSimulator } from "./server/startSimulator.js";
import { worldSchema, type WorldInput } from "./world/schema.js";

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly allowRemote?: true;
  readonly world?: string;
  readonly clock: ClockKind;
  readonly speed: number;
  readonly journal?: string;
}

const program = new Command("alicloud-rds-simulator")
  .description(
    "A local endpoint for the ApsaraDB RDS API (2014-08-15, SQL Server). It is a simulator: nothing it says comes from the cloud.",
  )
  .option("--port <port>", "0 takes a free one", wholeNumber, 8094)
  .option("--host <host>", "where to listen", "127.0.0.1")
  .option("--allow-remote", "let --host be something else than loopback")
  .option("--world <file>", "the world to start with, a JSON document (see the sub-command schema)")
  .addOption(new Option("--clock <kind>", "how time passes").choices(clockKinds).default("real"))
  .option("--speed <factor>", "seconds of the world in one real second, with --clock real", positive, 1)
  .option("--journal <file>", "append every call to this file, one JSON document a line")
  .addHelpText(
    "after",
    `
A client reaches it with the endpoint 127.0.0.1:PORT, protocol HTTP and a key of the world
(by default simulated-key / simulated-secret). Control calls, with curl:
  GET, PUT           /_simulator/world      the whole world as it is now; replace it
  GET, DELETE        /_simulator/journal    every call; forget them
  POST, GET, DELETE  /_simulator/faults     add a fault rule, list, remove all
  POST               /_simulator/clock      {"advance": "10m"}, with --clock virtual
  POST               /_simulator/reset      back to the world it was started with`,
  )
  .action(serve);

program
  .command("schema")
  .description("print the JSON schema of world documents")
  .action(() => {
    console.log(JSON.stringify(worldSchema, null, 2));
  });

program.addCommand(signCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function serve(flags: Flags): Promise<void> {
  const { world, ...rest } = flags;
  const simulator = await startSimulator({
    ...rest,
    world: world === undefined ? undefined : readWorld(world),
    log: (line) => {
      console.error(line);
    },
  });
  const end = () => void simulator.close();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  console.log(`alicloud-rds-simulator listening on ${simulator.url}`);
}

function readWorld(file: string): WorldInput {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as WorldInput;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The world file ${file} cannot be read: ${reason}`);
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError("A port is 0 to 65535.");
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}
