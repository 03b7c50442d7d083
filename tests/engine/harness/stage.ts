import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
  type WorldInput,
} from "alicloud-rds-simulator";
import { changesIn } from "./changes";
import { runCli, runInTerminal, startCli, type CliRun, type RunningCli } from "./cli";
import { runsProgram, withInlineProgram } from "./inlineProgram";
import {
  lazyModules,
  projectFile,
  projectName,
  stackName,
  template,
  workspaceModules,
  type Language,
} from "./template";

/** One resource as the stack's state has it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
  /** Where the program declares it. */
  readonly sourcePosition?: string;
}

/** A simulated cloud, and a project of its own with an empty stack that talks to it. */
export interface Stage extends AsyncDisposable {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Writes the program. `DatabaseCopy` and `pulumi` are at hand. */
  program(source: string): Promise<void>;
  /** Writes any file of the project. */
  file(name: string, content: string): Promise<void>;
  /** Sets plain keys of the stack's configuration, or takes them out (`undefined`); without a start of the CLI. */
  configure(settings: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Any command of the CLI. */
  pulumi(...args: readonly string[]): Promise<CliRun>;
  /** Any command of the CLI, with the arguments as they are: no stack is named. */
  bare(...args: readonly string[]): Promise<CliRun>;
  /** Any command of the CLI, to be killed on the way. */
  start(...args: readonly string[]): Promise<RunningCli>;
  /** Any command of the CLI, at an interactive terminal. */
  inTerminal(...args: readonly string[]): Promise<CliRun>;
  preview(...flags: readonly string[]): Promise<CliRun>;
  /** Without a preview before it. */
  up(...flags: readonly string[]): Promise<CliRun>;
  /** With a preview before it, in one start of the CLI. */
  previewedUp(...flags: readonly string[]): Promise<CliRun>;
  refresh(...flags: readonly string[]): Promise<CliRun>;
  destroy(...flags: readonly string[]): Promise<CliRun>;
  /** All resources in the state, of this stack unless another one is named. */
  resources(stack?: string): Promise<readonly RecordedResource[]>;
  /** The one of this name, or `undefined`. */
  resource(name?: string): Promise<RecordedResource | undefined>;
  /** What was changed in the cloud since the last time it was asked, in order (`changes.ts`). */
  changes(): readonly string[];
  /** How many calls there were since the last time it was asked. */
  callCount(): number;
  /**
   * Does something once: when the nth call from now on (of an action, or of any) has been carried out and its answer
   * is not yet on its way. It is told how many calls there were up to that one.
   */
  onceCalled(moment: CallMoment, act: (calls: number) => void): void;
  /** Takes off the lock that a killed CLI leaves, as `pulumi cancel` does; without a start of the CLI. */
  unlock(): Promise<void>;
  /** Keeps the cloud and the state as they are, to open other stages from; gone with the stages of this process. */
  save(): Promise<SavedStage>;
  /** What is inside the databases of an instance; the status in brackets where it is not `Running`. */
  contents(instanceId?: string): Readonly<Record<string, string>>;
}

/** The cloud and the state of a stage at one moment. */
export interface SavedStage {
  readonly world: WorldInput;
  /** A folder. */
  readonly backend: string;
  /** Where the cloud was: the state names it. */
  readonly endpoint: string;
}

export interface CallMoment {
  readonly action?: string;
  readonly nth: number;
}

export interface StageOptions extends Pick<SimulatorOptions, "world" | "clock" | "port"> {
  /** Begins where another stage was; its world instead of `world`. */
  readonly from?: SavedStage;
  /** Default JavaScript. With TypeScript the project is what `pulumi new` makes of it, and runs both. */
  readonly language?: Language;
  /** More lines of `Pulumi.yaml`. */
  readonly projectFile?: string;
  /** Where the program finds its packages: the workspace's, unless a folder without any is wanted. */
  readonly modules?: "workspace" | "none";
  /** Where the cloud is, if it is not the stage's own simulator: `127.0.0.1:PORT`. */
  readonly endpoint?: string;
  /** How the provider waits: in the simulator's time, which takes no real one, unless real time is what it is about. */
  readonly waits?: "simulated" | "really";
  /**
   * Where programs run: in this process, or in one of Node as the language host starts it. That is for programs that ask
   * the cloud themselves, for layouts and environments of their own, and where it is what a test is about.
   */
  readonly program?: "inline" | "process";
  /** STS as well, over TLS, which the stage's processes trust; `alicloud:endpoints` names it. */
  readonly sts?: boolean;
  /** How wide an interactive terminal is. Default 200. */
  readonly columns?: number;
  /** More environment of all that is started. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const shared = await template();
  const {
    from,
    world = from?.world,
    clock = "stepped",
    port,
    modules = "workspace",
    waits = "simulated",
    language = "JavaScript",
  } = options;
  // A process has one environment and one set of packages.
  const isOfItsOwn =
    language === "TypeScript" || modules === "none" || options.projectFile || options.sts || options.env;
  const { program = isOfItsOwn ? "process" : "inline" } = options;
  const awaited = new Set<() => void>();
  const log = () => awaited.forEach((look) => look());
  const simulator = await startSimulator({ world, clock, port, log, tls: options.sts });
  const parent = mkdtempSync(join(shared.folder, "stage-"));
  const folder = join(parent, "project");
  const backend = join(parent, "backend");
  mkdirSync(folder);
  cpSync(from?.backend ?? shared.backend, backend, { recursive: true });
  if (modules === "workspace") symlinkSync(workspaceModules, join(folder, "node_modules"));
  const hosts = { rds: options.endpoint ?? simulator.endpoint, sts: simulator.tls?.endpoint };
  const certificate = join(parent, "sts.pem");
  if (simulator.tls) writeFileSync(certificate, simulator.tls.certificate);
  const env = {
    ...shared.env,
    // Programs in TypeScript and packages of their own are loaded as their users load them.
    ...(language === "JavaScript" && modules === "workspace" ? lazyModules : {}),
    PULUMI_BACKEND_URL: `file://${backend}`,
    ...(waits === "simulated" ? { ALICLOUD_RDS_COPY_CLOCK: "simulator" } : {}),
    ...(simulator.tls ? { NODE_EXTRA_CA_CERTS: certificate } : {}),
    ...options.env,
  };
  let journalRead = 0;
  let changesRead = 0;

  const file = async (name: string, content: string) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  const stateFile = (stack: string) => join(backend, ".pulumi/stacks", projectName, `${stack}.json`);
  await file("Pulumi.yaml", projectFile(language, options.projectFile));
  await file("package.json", JSON.stringify({ name: projectName, main: "index.js" }));
  if (from) {
    const state = await readFile(stateFile(stackName), "utf8");
    await writeFile(stateFile(stackName), state.replaceAll(from.endpoint, hosts.rds));
  }
  const endpoints = `  alicloud:endpoints: '${JSON.stringify([hosts])}'`;
  await file(`Pulumi.${stackName}.yaml`, `${shared.configuration.trimEnd()}\n${endpoints}\n`);

  const bare = (...args: readonly string[]) => {
    const run = (flags: readonly string[]) => runCli([...args, ...flags], { folder, env });
    return program === "inline" && runsProgram(args[0])
      ? withInlineProgram(join(folder, "index.js"), run)
      : run([]);
  };
  const pulumi = (...args: readonly string[]) => bare(...args, "--stack", stackName);
  const resources = async (stack: string = stackName) => {
    const text = await readFile(stateFile(stack), "utf8");
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: { resources?: readonly RecordedResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  };

  return {
    folder,
    simulator,
    file,
    async configure(settings) {
      const configuration = join(folder, `Pulumi.${stackName}.yaml`);
      const text = Object.entries(settings).reduce(configured, await readFile(configuration, "utf8"));
      await writeFile(configuration, text);
    },
    program: (source) => file("index.js", `${imports}\n${source}\n`),
    pulumi,
    bare,
    start: (...args) => startCli([...args, "--stack", stackName], { folder, env }),
    inTerminal: (...args) =>
      runInTerminal([...args, "--stack", stackName], { folder, env, columns: options.columns }),
    preview: (...flags) => pulumi("preview", ...flags),
    up: (...flags) => pulumi("up", "--yes", "--skip-preview", ...flags),
    previewedUp: (...flags) => pulumi("up", "--yes", ...flags),
    refresh: (...flags) => pulumi("refresh", "--yes", "--skip-preview", ...flags),
    destroy: (...flags) => pulumi("destroy", "--yes", "--skip-preview", ...flags),
    resources,
    resource: async (name = "copy") => (await resources()).find(({ urn }) => urn.endsWith(`::${name}`)),
    changes() {
      const journal = simulator.journal();
      const news = journal.slice(changesRead);
      changesRead = journal.length;
      return changesIn(news);
    },
    callCount() {
      const before = journalRead;
      journalRead = simulator.journal().length;
      return journalRead - before;
    },
    onceCalled({ action, nth }, act) {
      const before = simulator.journal().length;
      const look = () => {
        // Calls run side by side: the one in question need not be the last.
        const calls = simulator.journal().slice(before);
        const wanted = calls.flatMap((call, index) =>
          action === undefined || call.action === action ? [index + 1] : [],
        );
        const reached = wanted[nth - 1];
        if (reached === undefined) return;
        awaited.delete(look);
        act(reached);
      };
      awaited.add(look);
    },
    unlock: () => rm(join(backend, ".pulumi/locks"), { recursive: true, force: true }),
    async save() {
      const saved = mkdtempSync(join(shared.folder, "saved-"));
      await cp(backend, saved, { recursive: true });
      return { world: simulator.world(), backend: saved, endpoint: hosts.rds };
    },
    contents(instanceId = "rm-staging") {
      const instance = simulator.world().instances.find(({ id }) => id === instanceId);
      return Object.fromEntries(
        (instance?.databases ?? []).map(({ name, status, content }) => [
          name,
          status === "Running" ? content : `(${status})`,
        ]),
      );
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** The text of a stack's configuration with a key set anew, or taken out. What is deeper than the key belongs to it. */
function configured(text: string, [key, value]: readonly [string, string | undefined]): string {
  const kept: string[] = [];
  let isOfKey = false;
  for (const line of text.trimEnd().split("\n")) {
    isOfKey = line.startsWith(`  ${key}:`) || (isOfKey && line.startsWith("    "));
    if (!isOfKey) kept.push(line);
  }
  // JSON text is YAML.
  if (value !== undefined) kept.push(`  ${key}: ${JSON.stringify(value)}`);
  return `${kept.join("\n")}\n`;
}

const imports = `const pulumi = require("@pulumi/pulumi");
const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");`;
