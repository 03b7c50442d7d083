/** A package manager as its user has it: its files beside package.json, and the command that installs. */
export interface Manager {
  readonly files?: Readonly<Record<string, string>>;
  readonly install: readonly string[];
  /** Whether Node.js finds the packages only with the file that it has written. */
  readonly isPnp?: boolean;
}

const yarn4 = ["--package", "@yarnpkg/cli-dist@4", "yarn", "install"];
const linker = (name: string) => ({
  ".yarnrc.yml": `nodeLinker: ${name}\nenableTelemetry: false\nenableGlobalCache: true\n`,
  "yarn.lock": "",
});
/** pnpm 12 ends with an error where it skips an install script: one of @pulumi/pulumi's own dependencies, and one of the SDK's. */
const scripts = "strictDepBuilds: false\n";

export const managers = {
  npm: { install: ["npm@11", "install", "--no-audit", "--no-fund", "--prefer-offline"] },
  "pnpm 10": { install: ["pnpm@10", "install", "--prefer-offline"] },
  "pnpm 12": {
    install: ["pnpm@12", "install", "--prefer-offline"],
    files: { "pnpm-workspace.yaml": scripts },
  },
  "pnpm 10, hoist: false": {
    install: ["pnpm@10", "install", "--prefer-offline"],
    files: { "pnpm-workspace.yaml": "hoist: false\n" },
  },
  "yarn 1": { install: ["yarn@1", "install", "--prefer-offline", "--no-progress"] },
  "yarn 4, PnP": { install: yarn4, files: linker("pnp"), isPnp: true },
  "yarn 4, node-modules": { install: yarn4, files: linker("node-modules") },
  "yarn 4, pnpm": { install: yarn4, files: linker("pnpm") },
  bun: { install: ["bun@1", "install"] },
  "bun, isolated": { install: ["bun@1", "install", "--linker=isolated"] },
} as const satisfies Readonly<Record<string, Manager>>;

export type ManagerName = keyof typeof managers;

export function managerOf(name: ManagerName): Manager {
  return managers[name];
}
