// Loaded first into the programs and providers of the tests. @pulumi/pulumi loads the compiler of TypeScript, npm's installer and
// more in each of them, for closures that a program may have and for the Automation API; few have any. On demand a provider
// process takes half as long to load.
const Module = require("node:module");

const rarelyUsed = new Set([
  "@npmcli/arborist",
  "@opentelemetry/api",
  "execa",
  "js-yaml",
  "normalize-package-data",
  "semver",
  "typescript",
]);
const load = Module._load;

Module._load = function (request, ...more) {
  if (!rarelyUsed.has(request)) return load.call(this, request, ...more);
  let kept;
  const loaded = () => (kept ??= load.call(this, request, ...more));
  return new Proxy(function () {}, {
    get(_, name) {
      // What says that it is an ES module is taken as it is, and not copied key by key.
      if (name === "__esModule") return true;
      return name === "default" ? (loaded().default ?? loaded()) : loaded()[name];
    },
    apply: (_, self, args) => Reflect.apply(loaded(), self, args),
    construct: (_, args) => Reflect.construct(loaded(), args),
  });
};
