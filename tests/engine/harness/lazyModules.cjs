// Loaded first into the programs and providers of the tests. @pulumi/pulumi loads the compiler of TypeScript and npm's
// installer in each of them, for closures that a program may have; few have any. On demand a run takes a quarter less work.
const Module = require("node:module");

const rarelyUsed = new Set(["@npmcli/arborist", "typescript"]);
const load = Module._load;

Module._load = function (request, ...more) {
  if (!rarelyUsed.has(request)) return load.call(this, request, ...more);
  let loaded;
  return new Proxy(
    {},
    {
      // What says that it is an ES module is taken as it is, and not copied key by key.
      get: (_, name) => name === "__esModule" || (loaded ??= load.call(this, request, ...more))[name],
    },
  );
};
