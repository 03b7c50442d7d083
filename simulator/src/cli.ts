#!/usr/bin/env node
import type { Command } from "commander";
import { conformanceCommand } from "./commands/conformance.js";
import { serveCommand } from "./commands/serve.js";
import { signCommand } from "./commands/sign.js";
import { worldSchema } from "./world/schema.js";
import { readyWorlds } from "./worlds.js";

const program: Command = serveCommand();

program
  .command("worlds")
  .description("list the ready worlds that --world takes by name")
  .action(() => {
    const width = Math.max(...readyWorlds.map(({ name }) => name.length));
    for (const { name, about } of readyWorlds) console.log(`${name.padEnd(width)}  ${about}`);
  });
program
  .command("schema")
  .description("print the JSON schema of world documents")
  .action(() => {
    console.log(JSON.stringify(worldSchema, null, 2));
  });
program.addCommand(signCommand());
program.addCommand(conformanceCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
