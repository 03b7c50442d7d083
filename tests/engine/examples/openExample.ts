import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startSimulator, type Simulator, type WorldInput } from "alicloud-rds-simulator";
import { runCli, type CliRun } from "../harness/cli";
import { runsProgram, withInlineProgram } from "../harness/inlineProgram";
import { secretsProvider } from "../harness/keyService";
import { lazyModules, pathWithStandIns, template } from "../harness/template";
import type { SqlcmdCall } from "../../standins/sqlcmd/main";
import { storyTeller } from "./storyOf";

/** An example as its user has it: a folder with the program, its packages, and a stack, beside a simulated cloud. */
export interface Example extends AsyncDisposable {
  readonly simulator: Simulator;
  /** Any command of the CLI, with the stack that was opened last. */
  pulumi(...args: readonly string[]): Promise<CliRun>;
  /** The same, which must end well; gives what was printed. */
  well(...args: readonly string[]): Promise<string>;
  /** The same, which must be refused. */
  badly(...args: readonly string[]): Promise<string>;
  set(settings: Readonly<Record<string, string>>): Promise<void>;
  /** Changes the program, which must hold this text. */
  edit(text: string, becomes: string): Promise<void>;
  openStack(name: string): Promise<void>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  /** What was changed in the cloud since the last time it was asked (`storyOf.ts`). */
  story(): readonly string[];
  /** The same, and when each database began to run. */
  storyWithRunning(): readonly string[];
  /** What is inside the databases of an instance; the status in brackets where it is not `Running`. */
  contents(instanceId: string): Readonly<Record<string, string>>;
  /** What was done with sqlcmd since the last time it was asked. */
  sqlcmdCalls(): Promise<readonly SqlcmdCall[]>;
  /** Makes every sqlcmd fail from now on, or none. */
  sqlcmdRefuses(refuses: boolean): Promise<void>;
}

export interface ExampleOptions {
  readonly world: WorldInput;
  /** The stack's configuration, without that of the alicloud provider. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly stack?: string;
}

export async function openExample(name: string, options: ExampleOptions): Promise<Example> {
  const shared = await template();
  const teller = storyTeller();
  const simulator = await startSimulator({
    world: options.world,
    clock: "stepped",
    log: () => teller.listen(simulator),
  });
  const parent = mkdtempSync(join(shared.folder, `${name}-`));
  const [folder, backend] = [join(parent, name), join(parent, "state")];
  const [calls, refuses] = [join(parent, "sqlcmd-calls"), join(parent, "sqlcmd-refuses")];
  mkdirSync(backend);
  cpSync(join(workspace, "examples", name), folder, {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  symlinkSync(join(workspace, "node_modules"), join(folder, "node_modules"));
  const env = {
    ...shared.env,
    ...lazyModules,
    PATH: await pathWithStandIns(),
    PULUMI_BACKEND_URL: `file://${backend}`,
    // The types are checked with the workspace; here that would be done in every run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ALICLOUD_RDS_COPY_CLOCK: "simulator",
    SIMULATOR: simulator.endpoint,
    SQLCMD_CALLS: calls,
    SQLCMD_REFUSES: refuses,
  };
  let callsRead = 0;

  let programRuns = 0;
  const pulumi = (...args: readonly string[]) => {
    const run = (flags: readonly string[]) => runCli([...args, ...flags], { folder, env });
    // Once as its user's: in a process of its own, which compiles it.
    if (!runsProgram(args[0]) || programRuns++ === 0) return run([]);
    return withInlineProgram(join(folder, "index.ts"), run);
  };
  const expected = async (end: "well" | "badly", args: readonly string[]) => {
    const { exitCode, text } = await pulumi(...args);
    if ((exitCode === 0) !== (end === "well"))
      throw new Error(`pulumi ${args.join(" ")} was to end ${end}, and ended with ${exitCode}:\n${text}`);
    return text;
  };
  const well = (...args: readonly string[]) => expected("well", args);
  const settings = (kind: "--plaintext" | "--secret", values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([key, value]) => [kind, `${key}=${value}`]);
  const example: Example = {
    simulator,
    pulumi,
    well,
    badly: (...args) => expected("badly", args),
    async set(values) {
      await well("config", "set-all", "--path", ...settings("--plaintext", values));
    },
    async edit(text, becomes) {
      const program = await readFile(join(folder, "index.ts"), "utf8");
      if (!program.includes(text)) throw new Error(`The program of ${name} holds no ${text}`);
      await writeFile(join(folder, "index.ts"), program.replace(text, becomes));
    },
    async openStack(stack) {
      await writeFile(
        join(folder, `Pulumi.${stack}.yaml`),
        `${shared.configuration.trimEnd()}\n  alicloud:endpoints: '[{"rds":"${simulator.endpoint}"}]'\n`,
      );
      await well("stack", "init", stack, "--secrets-provider", secretsProvider);
      await well(
        "config",
        "set-all",
        "--path",
        ...settings("--plaintext", options.settings),
        ...settings("--secret", options.secrets),
      );
    },
    async outputs() {
      return JSON.parse(await well("stack", "output", "--json")) as Record<string, unknown>;
    },
    story: () => teller.news().filter((line) => !line.endsWith(" runs")),
    storyWithRunning: () => teller.news(),
    contents(instanceId) {
      const instance = simulator.world().instances.find(({ id }) => id === instanceId);
      return Object.fromEntries(
        (instance?.databases ?? []).map(({ name, status, content }) => [
          name,
          status === "Running" ? content : `(${status})`,
        ]),
      );
    },
    async sqlcmdCalls() {
      const text = await readFile(calls, "utf8").catch(() => "");
      const all = text.split("\n").filter((line) => line !== "");
      const news = all.slice(callsRead).map((line) => JSON.parse(line) as SqlcmdCall);
      callsRead = all.length;
      return news;
    },
    async sqlcmdRefuses(refuse) {
      if (refuse) await writeFile(refuses, "");
      else await rm(refuses, { force: true });
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
  await example.openStack(options.stack ?? "dev");
  return example;
}

/** Preview, up, and once more without a change, as every example must. */
export async function previewAndUp(example: Example): Promise<string> {
  await example.well("preview");
  const up = await example.well("up", "--yes", "--skip-preview");
  await example.well("up", "--yes", "--skip-preview", "--expect-no-changes");
  return up;
}

const workspace = resolve(__dirname, "../../..");
