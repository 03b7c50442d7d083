import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { newId } from "../engine/databaseCopyProvider";
import { providerText } from "../engine/providerText";
import { patientReads } from "../rds/patientReads";
import { cloudOf, withCloudFlags, type CloudFlags } from "./cloudFlags";
import { importFile } from "./importFile";
import { namesGiven } from "./namesGiven";
import { CommandRefusal, isForeseen } from "./refusal";

interface Flags extends CloudFlags {
  readonly target: string;
  readonly source: string;
  readonly databases: readonly string[];
  readonly own?: boolean;
  readonly name: string;
  readonly file: string;
}

/** `import-file`: looks at the target and writes the file for `pulumi import --file`. */
export function importFileCommand(print: (line: string) => void): Command {
  const command = new Command("import-file")
    .description("Write the file by which `pulumi import --file` takes existing databases under Pulumi.")
    .requiredOption("--target <id>", "the instance that holds the databases")
    .requiredOption("--source <id>", "the instance that they were copied from, or will be")
    .requiredOption(
      "--databases <names...>",
      "their names, with blanks or commas between them; where source and target name differ, source=target",
    )
    .option("--own", "own them: they are dropped with the resource. Else they are adopted and never dropped")
    .option("--name <name>", "name of the resource in the program", "copy")
    .option("--file <path>", 'where to write; "-" prints', "import.json");
  return withCloudFlags(command).action(async (flags: Flags, ran: Command) => {
    try {
      await run(flags, print);
    } catch (error) {
      if (!isForeseen(error)) throw error;
      ran.error(error.message);
    }
  });
}

async function run(flags: Flags, print: (line: string) => void): Promise<void> {
  const { target, source, databases, own = false, name, file } = flags;
  const { cloud, overrides } = await cloudOf(flags);
  const clock = await cloud.clock(overrides);
  const { content, notes } = await importFile(patientReads(cloud.rds(overrides), clock), clock, {
    name,
    sourceDbInstanceId: source,
    targetDbInstanceId: target,
    dbNames: namesGiven(databases),
    connection: overrides,
    own,
    providerText: providerText("provider"),
    newId,
  });
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (file === "-") {
    // What is printed is the file alone, so that it can be piped.
    print(text.trimEnd());
    for (const note of notes) console.error(note);
    return;
  }
  await writeFile(file, text).catch((error: Error) => {
    throw new CommandRefusal(`${file} could not be written: ${error.message}.`);
  });
  for (const note of notes) print(note);
  print(
    `Wrote ${file}. Next: pulumi import --file ${/\s/.test(file) ? `"${file}"` : file} --generate-code=false`,
  );
}
