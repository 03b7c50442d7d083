/** A package manager as its user has it: its files beside package.json, and its commands. */
export interface Manager {
  readonly files?: Readonly<Record<string, string>>;
  readonly install: readonly string[];
  /** What starts a command that shall find the packages, where PATH does not do. */
  readonly through?: readonly string[];
  /** What its user does beyond the installation, and why; lines of a file are also in `files`. */
  readonly asks?: { readonly why: string; readonly what: string; readonly lines: string };
  /** Which one its user takes where this one fails. */
  readonly instead?: ManagerName;
}

export type ManagerName =
  | "npm"
  | "pnpm 10"
  | "pnpm 10, hoist: false"
  | "pnpm 12"
  | "yarn 1"
  | "yarn 4, node-modules"
  | "yarn 4, pnpm"
  | "yarn 4, PnP"
  | "bun"
  | "bun, isolated";

const yarn4 = ["--package", "@yarnpkg/cli-dist@4", "yarn"];
const linker = (name: string) => ({
  ".yarnrc.yml": `nodeLinker: ${name}\nenableTelemetry: false\nenableGlobalCache: true\n`,
  "yarn.lock": "",
});
const noScripts = "allowBuilds:\n  protobufjs: false\n  esbuild: false # only with tsx\n";

export const managers: Readonly<Record<ManagerName, Manager>> = {
  npm: { install: ["npm@11", "install", "--no-audit", "--no-fund", "--prefer-offline"] },
  "pnpm 10": { install: ["pnpm@10", "install", "--prefer-offline"] },
  "pnpm 10, hoist: false": {
    install: ["pnpm@10", "install", "--prefer-offline"],
    files: { "pnpm-workspace.yaml": "hoist: false\n" },
  },
  "pnpm 12": {
    install: ["pnpm@12", "install", "--prefer-offline"],
    files: { "pnpm-workspace.yaml": noScripts },
    asks: {
      why:
        "`pnpm add` ends with `ERR_PNPM_IGNORED_BUILDS` and exit code 1 for every install script that nobody allowed or refused, " +
        "after it has installed everything. `pnpm add @pulumi/pulumi` alone does, because of `protobufjs`, and this package adds none. " +
        "The script is not needed: it prints a warning about version ranges.",
      what: "Refuse it in `pnpm-workspace.yaml` before `pnpm add`:",
      lines: noScripts,
    },
  },
  "yarn 1": { install: ["yarn@1", "install", "--prefer-offline", "--no-progress"] },
  "yarn 4, node-modules": { install: [...yarn4, "install"], files: linker("node-modules") },
  "yarn 4, pnpm": { install: [...yarn4, "install"], files: linker("pnpm") },
  "yarn 4, PnP": {
    install: [...yarn4, "install"],
    files: linker("pnp"),
    through: [...yarn4, "exec"],
    asks: {
      why:
        "There is no `node_modules`: Node.js finds packages only with the two files that yarn has written, and `yarn exec` names them to it. " +
        "Without, the Pulumi CLI ends before any program runs: `It looks like the Pulumi SDK has not been installed`. On Node.js 22 it ends before " +
        "any program runs in any case (`Cannot read properties of undefined (reading '.js')`): what yarn's loader loads there has no `require.extensions`, " +
        "which the program loader of `@pulumi/pulumi` sets. There, `nodeLinker: node-modules` in `.yarnrc.yml` is the line to paste.",
      what: "On Node.js 24, start the CLI through yarn:",
      lines: "yarn exec pulumi up\n",
    },
    instead: "yarn 4, node-modules",
  },
  bun: { install: ["bun@1", "install"] },
  "bun, isolated": { install: ["bun@1", "install", "--linker=isolated"] },
};
