// Makes dist/sdk/bundle.js: the parts of the official SDK that the provider uses, with the packages below it, as they are, in one
// file, and their licences beside it. Runs on any Node that npm runs on; without --force only if something is newer.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const provider = dirname(here);
const outfile = join(provider, "dist/sdk/bundle.js");
const sources = [
  join(here, "entry.cjs"),
  join(here, "url.cjs"),
  fileURLToPath(import.meta.url),
  join(provider, "dist/rds/permissions.js"),
  join(provider, "../package-lock.json"),
];
/** The files of classes that an action has in the SDK. */
const kinds = ["Request", "ShrinkRequest", "Response", "ResponseBody"];
const isFresh = () => {
  const made = statSync(outfile).mtimeMs;
  return sources.every((file) => statSync(file).mtimeMs < made);
};

if (process.argv.includes("--force") || !existsSync(outfile) || !isFresh()) await bundle();

async function bundle() {
  const { metafile } = await build({
    entryPoints: [join(here, "entry.cjs")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    // Names in the stack of an error are those of the SDK.
    keepNames: true,
    legalComments: "none",
    alias: { url: join(here, "url.cjs") },
    metafile: true,
    absWorkingDir: provider,
    plugins: [onlyUsedModels(usedActions())],
  });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((file) => packageOf(join(provider, file)) ?? []),
  );
  writeFileSync(join(dirname(outfile), "LICENSES.txt"), [...packages].sort().map(licence).join("\n\n"));
}

/** Every action of the API has four files of classes, 1,200 actions have 1,378: the SDK loads them all at its start. */
function onlyUsedModels(actions) {
  return {
    name: "only the models in use",
    setup({ onLoad }) {
      onLoad({ filter: /rds20140815[\\/]dist[\\/]models[\\/]model\.js$/ }, ({ path }) => {
        const files = [...readFileSync(path, "utf8").matchAll(/require\("\.\/(\w+)"\)/g)].map(
          ([, file]) => file,
        );
        // Files are spelled in another case than the actions: DescribeDbinstanceAttributeRequest.
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
