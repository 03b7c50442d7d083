import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { startSimulator } from "alicloud-rds-simulator";
import { execa } from "execa";
import type { Cell } from "./cells.ts";
import { managers } from "./managers.ts";

/** What all cells share. */
export interface Shop {
  readonly folder: string;
  /** The packed package, and one that depends on it. */
  readonly packed: string;
  readonly library: string;
  /** The folder with `node`, by its version. */
  readonly nodes: Readonly<Record<Cell["node"], string>>;
  readonly env: NodeJS.ProcessEnv;
}

/** How a cell ended: undefined, or what failed first with the end of what it printed. */
export async function runCell(shop: Shop, cell: Cell): Promise<string | undefined> {
  const folder = await mkdtemp(join(shop.folder, "cell-"));
  const manager = managers[cell.manager];
  const simulator = await startSimulator({ world: company, clock: "stepped" });
  const env: NodeJS.ProcessEnv = {
    ...shop.env,
    PATH: [shop.nodes[cell.node], shop.env["PATH"]].join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_HOME: join(shop.folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ALICLOUD_RDS_COPY_CLOCK: "simulator",
  };
  const run = async (command: string, args: readonly string[]): Promise<string | undefined> => {
    const { failed, all } = await execa(command, args, {
      cwd: folder,
      env,
      extendEnv: false,
      all: true,
      reject: false,
    });
    return failed ? `${[command, ...args].join(" ").slice(0, 60)}: ${causeIn(all)}` : undefined;
  };
  const pulumi = (...args: readonly string[]) =>
    manager.through ? run("npx", ["--yes", ...manager.through, "pulumi", ...args]) : run("pulumi", args);
  try {
    await mkdir(join(folder, "state"));
    const files = { ...filesOf(cell, shop), ...manager.files };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const settings = {
      region: "cn-hangzhou",
      protocol: "HTTP",
      endpoints: JSON.stringify([{ rds: simulator.endpoint }]),
      accessKey: "simulated-key",
      secretKey: "simulated-secret",
    };
    return (
      (await run("npx", ["--yes", ...manager.install])) ??
      (await pulumi("stack", "init", "dev")) ??
      (await pulumi(
        "config",
        "set-all",
        ...Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `alicloud:${key}=${value}`]),
      )) ??
      (await pulumi("up", "--yes", "--non-interactive")) ??
      missing(simulator.world().instances.find(({ id }) => id === "rm-staging")?.databases.length === 1) ??
      (await pulumi("destroy", "--yes", "--non-interactive"))
    );
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function missing(isThere: boolean): string | undefined {
  return isThere ? undefined : "the database is not there after pulumi up";
}

/** The first line that says what is wrong; the engine's own comes last and says only that something is. */
function causeIn(text: string): string {
  const lines = text
    .split("\n")
    .filter(
      (line) => /error|cannot|not found|ERR/i.test(line) && !/errored|preview failed|exception:$/.test(line),
    );
  return (lines[0] ?? text.slice(-200)).trim().slice(0, 300);
}

function filesOf({ format, sdk, as }: Cell, { packed, library }: Shop): Readonly<Record<string, string>> {
  const isTypeScript = format.startsWith("TypeScript");
  const isModule = format === "ES module";
  const main = isTypeScript ? "index.ts" : "index.js";
  const name = as === "nested" ? "team-library" : "pulumi-alicloud-rds-copy";
  const dependencies = {
    [name]: `file:${as === "nested" ? library : packed}`,
    "@pulumi/pulumi": sdk,
    // The SDK's peers: 3.216 knows no TypeScript 6.
    ...(isTypeScript ? { typescript: sdk === "latest" ? "^6.0.0" : "^5.9.0", "@types/node": "^24.0.0" } : {}),
    ...(format === "TypeScript (tsx)" ? { tsx: "^4.0.0" } : {}),
  };
  const manifest = {
    name: "cell",
    private: true,
    version: "1.0.0",
    main,
    type: isModule ? "module" : "commonjs",
    dependencies,
  };
  const runtime =
    format === "TypeScript (tsx)"
      ? `runtime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: --import tsx\n`
      : "runtime: nodejs\n";
  const program =
    as === "nested"
      ? "export const names = declare().names;"
      : `export const names = new DatabaseCopy("copy", { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] }).names;`;
  const imported = as === "nested" ? "declare" : "DatabaseCopy";
  const text =
    isModule || isTypeScript
      ? `import { ${imported} } from "${name}";\n${program}\n`
      : `const { ${imported} } = require("${name}");\n${program.replace("export const names", "exports.names")}\n`;
  return {
    "package.json": JSON.stringify(manifest),
    "Pulumi.yaml": `name: cell\n${runtime}`,
    [main]: text,
    ...(isTypeScript
      ? {
          "tsconfig.json": JSON.stringify({
            compilerOptions: {
              strict: true,
              // ts-node of SDK 3.216 sets a resolution of its own, which nodenext refuses.
              module: sdk === "latest" ? "nodenext" : "commonjs",
              types: ["node"],
              skipLibCheck: true,
            },
          }),
        }
      : {}),
  };
}

/** A package of a company that depends on ours and is all that a program depends on. */
export async function writeLibrary(folder: string, packed: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: "team-library",
    version: "1.0.0",
    main: "index.js",
    types: "index.d.ts",
    dependencies: { "pulumi-alicloud-rds-copy": `file:${packed}` },
    peerDependencies: { "@pulumi/pulumi": "*" },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(
    join(folder, "index.js"),
    `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");\n` +
      `exports.declare = () => new DatabaseCopy("copy", { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] });\n`,
  );
  await writeFile(
    join(folder, "index.d.ts"),
    `import { DatabaseCopy } from "pulumi-alicloud-rds-copy";\nexport declare function declare(): DatabaseCopy;\n`,
  );
}

const company = {
  instances: [
    {
      id: "rm-prod",
      databases: [{ name: "orders" }],
      backups: [
        {
          id: "1002",
          start: new Date(Date.now() - 9 * 3_600_000).toISOString(),
          end: new Date(Date.now() - 8 * 3_600_000).toISOString(),
          databases: { orders: "orders-1002" },
        },
      ],
    },
    { id: "rm-staging" },
  ],
};
