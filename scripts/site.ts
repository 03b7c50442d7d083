import { join } from "node:path";
import { Application } from "typedoc";
import { publicSymbols } from "./api/symbols.ts";
import { root } from "./root.ts";

// Makes the site of what the provider package exports, in the folder site; with --check it only looks. Fails where a symbol or
// a member has no documentation, and where a link leads nowhere.
const isCheck = process.argv.includes("--check");
const entries = { index: "index", testing: "testing/index" };

const app = await Application.bootstrapWithPlugins({
  name: "DatabaseCopy for Pulumi",
  entryPoints: Object.values(entries).map((entry) => join(root, "provider/src", `${entry}.ts`)),
  tsconfig: join(root, "provider/tsconfig.json"),
  readme: join(root, "provider/README.md"),
  out: join(root, "site"),
  logLevel: isCheck ? "Warn" : "Info",
  excludePrivate: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
  externalSymbolLinkMappings: {
    "@pulumi/pulumi": { "*": "https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/pulumi/" },
  },
  disableGit: true,
  sourceLinkTemplate: "https://github.com/databasecopy/pulumi-alicloud-rds-copy/blob/main/{path}#L{line}",
});
const project = await app.convert();
if (!project) throw new Error("The declarations do not compile.");
app.validate(project);
for (const [module, entry] of Object.entries(entries)) {
  const shown = new Set(
    project.children?.find(({ name }) => name === module)?.children?.map(({ name }) => name),
  );
  for (const { name } of publicSymbols(join(root, "provider/dist", `${entry}.d.ts`)))
    if (!shown.has(name)) app.logger.warn(`${name} of ${module} is not on the site.`);
}
if (!isCheck) await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
