import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { makeStandIns } from "../../standins/make";
import { runCli } from "./cli";
import { secretsProvider, startKeyService } from "./keyService";

export const projectName = "engine-test";
export const stackName = "dev";

/** Where a project finds its packages. */
export const workspaceModules = resolve(__dirname, "../../../node_modules");

/** What all stages of one test process share: making a stack and a secret takes the CLI longer than copying files. */
export interface Template {
  /** Everything lives below it, and goes with it. */
  readonly folder: string;
  /** A file backend that holds the empty stack. */
  readonly backend: string;
  /** The stack's configuration file; the endpoint is to be put in. */
  readonly configuration: string;
  readonly env: Readonly<Record<string, string>>;
}

let made: Promise<Template> | undefined;

export function template(): Promise<Template> {
  made ??= make();
  return made;
}

/** A new folder, gone with the stages of this process: file systems are slow to make files where thousands were just removed. */
export async function folderOfProcess(name: string): Promise<string> {
  return mkdtempSync(join((await template()).folder, `${name}-`));
}

let standIns: Promise<string> | undefined;

/** PATH with the stand-ins for the plugins and commands that examples and templates use. */
export async function pathWithStandIns(): Promise<string> {
  standIns ??= template().then(({ folder }) => makeStandIns(folder));
  return [await standIns, process.env["PATH"] ?? ""].join(delimiter);
}

async function make(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), "databasecopy-engine-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const backend = join(folder, "backend");
  const project = join(folder, "project");
  const temporary = join(folder, "tmp");
  for (const made of [backend, project, temporary]) mkdirSync(made);
  const env = {
    // The language host leaves its pipes behind.
    TMPDIR: temporary,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    // For the stacks that are made as their users make them.
    PULUMI_CONFIG_PASSPHRASE: "only a test",
    ...(await startKeyService()),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The engine would fetch a plugin for every provider package that the workspace holds, used or not.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // A quarter of a start of the CLI is the collection of what its packages make once.
    GOGC: "400",
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(folder, "compiled"),
  };
  const { execa } = await import("execa");
  await execa(process.execPath, [join(__dirname, "warmUp.cjs")], { env });
  await writeFile(join(project, "Pulumi.yaml"), projectFile("JavaScript"));
  for (const args of [
    ["stack", "init", stackName, "--secrets-provider", secretsProvider],
    [
      "config",
      "set-all",
      ...["region=cn-hangzhou", "protocol=HTTP", "accessKey=simulated-key"].flatMap((pair) => [
        "--plaintext",
        `alicloud:${pair}`,
      ]),
      "--secret",
      "alicloud:secretKey=simulated-secret",
    ],
  ]) {
    const { exitCode, text } = await runCli(args, { folder: project, env });
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${text}`);
  }
  const configuration = await readFile(join(project, `Pulumi.${stackName}.yaml`), "utf8");
  return { folder, backend, configuration, env };
}

/** For programs and providers that load the workspace's packages: without the parts of them that are rarely used. */
export const lazyModules = {
  NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "lazyModules.cjs"))}`,
};

/** In which programs are written. Without the compiler of TypeScript a run takes a third of a second less of a processor. */
export type Language = "JavaScript" | "TypeScript";

/** `Pulumi.yaml`, with more lines if a test wants them. */
export function projectFile(language: Language, more = ""): string {
  const runtime = language === "TypeScript" ? "nodejs" : "{ name: nodejs, options: { typescript: false } }";
  return `name: ${projectName}\nruntime: ${runtime}\n${more}`;
}
