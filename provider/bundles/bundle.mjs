// Makes the files that are loaded as one each, with the licences of the packages in them beside them. Runs on any Node that npm
// runs on; without --force it makes only what is older than its sources.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const provider = dirname(here);
const dist = join(provider, "dist");

/** The parts of the official SDK that the provider uses, with the packages below it, as they are. */
const sdk = {
  outfile: join(dist, "sdk/bundle.js"),
  sources: [join(here, "sdk.cjs"), join(here, "url.cjs"), join(dist, "rds/permissions.js")],
  options: () => ({
    entryPoints: [join(here, "sdk.cjs")],
    // Names in the stack of an error are those of the SDK.
    keepNames: true,
    // Comments are half of it, and with one letter that is not ASCII Node reads a file at half its speed.
    minifyWhitespace: true,
    lineLimit: 160,
    alias: { url: join(here, "url.cjs") },
    plugins: [onlyUsed(usedActions()), atFirstUse()],
  }),
};

/** What the texts in states load. */
const entries = ["provider", "restorePointProvider"];

/**
 * What the engine's provider process loads, in every run that has a copy: as one file in a third of the time of 266. One for
 * both entries, since what they share is asked and signed in for once in a process.
 */
const providerProcess = {
  outfile: join(dist, "process/bundle.js"),
  sources: readdirSync(join(provider, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name)),
  options: () => ({
    stdin: {
      contents: entries.map((entry) => `export { default as ${entry} } from "./${entry}";`).join("\n"),
      resolveDir: join(provider, "src"),
    },
    external: ["@pulumi/pulumi", "../../dist/sdk/bundle.js"],
    sourcemap: true,
  }),
};

/** The kinds of classes that an action has in the SDK. */
const kinds = ["Request", "ShrinkRequest", "Response", "ResponseBody"];

/** What the core of the SDK loads for dates, XML and web sockets, of which the API of RDS has none. */
const rarelyUsed = /^(moment|ws|xml2js|https?-proxy-agent|socks-proxy-agent)$/;

for (const bundle of [sdk, providerProcess])
  if (process.argv.includes("--force") || !isFresh(bundle)) await make(bundle);
// The entries stay where states name them.
for (const entry of entries)
  writeFileSync(join(dist, `${entry}.js`), `module.exports = require("./process/bundle.js").${entry};\n`);

function isFresh({ outfile, sources }) {
  if (!existsSync(outfile)) return false;
  const made = statSync(outfile).mtimeMs;
  return [...sources, fileURLToPath(import.meta.url), join(provider, "../package-lock.json")].every(
    (file) => statSync(file).mtimeMs < made,
  );
}

async function make({ outfile, options }) {
  const { metafile } = await build({
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    metafile: true,
    absWorkingDir: provider,
    ...options(),
  });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((file) => packageOf(join(provider, file)) ?? []),
  );
  writeFileSync(join(dirname(outfile), "LICENSES.txt"), [...packages].sort().map(licence).join("\n\n"));
}

/** The API has 400 actions, each with two methods and four files of classes: the SDK loads them all at its start. */
function onlyUsed(actions) {
  return {
    name: "only the actions in use",
    setup({ onLoad }) {
      onLoad({ filter: /rds20140815[\\/]dist[\\/]client\.js$/ }, ({ path }) => {
        // Spelled in another case than the actions, as in describeDBInstanceAttribute.
        const named = new Set(
          actions.flatMap((action) => [action, `${action}WithOptions`].map((name) => name.toLowerCase())),
        );
        let kept = 0;
        const contents = readFileSync(path, "utf8").replace(
          /^    async (\w+)\(.*\) \{\n[^]*?\n    \}\n/gm,
          (method, name) => {
            if (!named.has(name.toLowerCase())) return "";
            kept += 1;
            return method;
          },
        );
        if (kept !== named.size)
          throw new Error(`${path} is written in another way: ${kept} methods for ${actions.length} actions`);
        return { contents };
      });
      onLoad({ filter: /rds20140815[\\/]dist[\\/]models[\\/]model\.js$/ }, ({ path }) => {
        const files = [...readFileSync(path, "utf8").matchAll(/require\("\.\/(\w+)"\)/g)].map(
          ([, file]) => file,
        );
        const named = new Set(
          actions.flatMap((action) => kinds.map((kind) => `${action}${kind}`.toLowerCase())),
        );
        const isUsed = (file) => named.has(file.toLowerCase());
        const used = [...new Set(files)].filter(isUsed);
        if (used.length < 3 * actions.length)
          throw new Error(
            `${path} is written in another way: ${used.length} files for ${actions.length} actions`,
          );
        const contents = used.map((file) => `Object.assign(exports, require("./${file}"));`).join("\n");
        return { contents, resolveDir: dirname(path) };
      });
    },
  };
}

function atFirstUse() {
  const namespace = "at first use";
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: rarelyUsed }, ({ path, importer, resolveDir }) =>
        /darabonba[\\/]typescript[\\/]dist[\\/]/.test(importer)
          ? { path, namespace, pluginData: resolveDir }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace }, ({ path, pluginData: resolveDir }) => ({
        resolveDir,
        contents: `
          const load = () => require(${JSON.stringify(path)});
          // None of them is an ES module.
          const get = (_, name) => (name === "__esModule" ? undefined : load()[name]);
          const apply = (_, self, given) => load()(...given);
          const construct = (_, given) => new (load())(...given);
          module.exports = new Proxy(function () {}, { get, apply, construct });`,
      }));
      // One function of it is used.
      onLoad({ filter: /lodash[\\/]lodash\.js$/ }, ({ path }) => ({
        contents: `exports.merge = require("./merge");`,
        resolveDir: dirname(path),
      }));
    },
  };
}

/** The actions that the provider asks permission for are those that it calls. */
function usedActions() {
  const { permissions } = createRequire(import.meta.url)("../dist/rds/permissions.js");
  return Object.keys(permissions);
}

/** The folder of the package that a file belongs to. */
function packageOf(file) {
  return /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text =
    file === undefined
      ? "(The package has no file of its licence.)"
      : readFileSync(join(folder, file), "utf8").trim();
  return `${name} ${version}: ${license ?? "see below"}\n\n${text}\n`;
}
