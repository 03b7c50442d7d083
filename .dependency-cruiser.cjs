/**
 * Dependencies point one way (docs/architecture.md). Each list runs from the top down: a folder imports itself, what
 * stands beside it and what stands below it, types included. "*" are the entries, the files in no folder.
 */
const layers = {
  provider: [
    ["*", "cli", "testing"],
    ["program"],
    ["engine"],
    ["lifecycle"],
    ["reconcile"],
    ["ownership", "preflight"],
    ["copy"],
    ["rds"],
    ["time"],
  ],
  simulator: [
    ["*", "commands"],
    ["client", "conformance"],
    ["server"],
    ["faults", "gateway", "journal"],
    ["machine"],
    ["actions"],
    ["answers", "copy", "operations", "sts"],
    ["parameters"],
    ["call"],
    ["rules"],
    ["world"],
  ],
};

const within = (part, folders) =>
  `^${part}/src/(${folders.map((folder) => (folder === "*" ? "[^/]+$" : `${folder}/`)).join("|")})`;

/** Nothing imports upward, and a new folder must be given its layer before it imports anything. */
const downward = Object.entries(layers).flatMap(([part, list]) => [
  ...list.slice(1).map((folders, above) => ({
    name: `${part}-nothing-above-${folders.join("-")}`,
    severity: "error",
    from: { path: within(part, folders) },
    to: { path: within(part, list.slice(0, above + 1).flat()) },
  })),
  {
    name: `${part}-every-folder-has-a-layer`,
    severity: "error",
    from: { path: `^${part}/src/`, pathNot: within(part, list.flat()) },
    to: {},
  },
]);

/** A library that only some folders know. */
const only = (library, folders) => ({
  name: `${library}-only-in-${folders.join("-").replace("*", "entries")}`,
  severity: "error",
  from: { path: "^provider/src/", pathNot: within("provider", folders) },
  to: { path: `(^|node_modules/)@${library}/` },
});

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    ...downward,
    {
      name: "program-declares",
      comment:
        "What a program declares is carried out in the provider's process, and asked questions go to rds/ by copy/.",
      severity: "error",
      from: { path: within("provider", ["program"]) },
      to: { path: within("provider", ["lifecycle", "reconcile", "ownership", "preflight"]) },
    },
    {
      name: "parts-are-apart",
      comment:
        "The provider is published without the simulator, and the simulator stands for a service that knows no client.",
      severity: "error",
      from: { path: "^(provider|simulator)/src/" },
      to: { path: "^(provider|simulator)/", pathNot: "^$1/" },
    },
    only("pulumi", ["*", "testing", "program", "engine"]),
    only("alicloud", ["rds"]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
  },
};
