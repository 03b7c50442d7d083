import assert from "node:assert/strict";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import typescript from "typescript";

const workspace = resolve(__dirname, "../../..");

describe("the programs of the README, the examples and the templates", () => {
  const programs = ["examples", "templates"].flatMap((folder) =>
    globSync(`${folder}/*/index.ts`, { cwd: workspace }).map((file) => join(workspace, file)),
  );
  // Below the workspace, so that the packages are found as a program finds them.
  const ofReadme = join(workspace, "node_modules/.cache/readme.ts");

  after(() => rmSync(ofReadme, { force: true }));

  it("pass the type check of a run of Pulumi, where no tsconfig.json says otherwise", () => {
    const [, program = ""] =
      /```ts\n([^]*?)```/.exec(readFileSync(join(workspace, "README.md"), "utf8")) ?? [];
    assert.match(program, /new DatabaseCopy/);
    mkdirSync(dirname(ofReadme), { recursive: true });
    writeFileSync(ofReadme, program);
    assert.ok(programs.length >= 11, programs.join());
    // As cmd/run/run.js of the SDK sets ts-node up.
    const options = { target: "es2020", module: "nodenext", moduleResolution: "nodenext", types: [] };
    assert.deepEqual(complaintsOf(typescript, [...programs, ofReadme], options), []);
  });
});

describe("the documentation of the public symbols", () => {
  const entries = ["index.d.ts", "testing/index.d.ts"].map((file) =>
    resolve(__dirname, "../../../provider/dist", file),
  );

  it("shows whole programs that compile", async () => {
    const { publicSymbols } = await import("../../../scripts/api/symbols.js");
    const examples = entries.flatMap((entry) => publicSymbols(entry)).flatMap((symbol) => symbol.examples);
    assert.ok(examples.length >= 12, `${examples.length}`);
    const folder = mkdtempSync(join(resolve(__dirname, "../../../node_modules/.cache"), "examples-"));
    try {
      const files = examples.map((text, index) => {
        const file = join(folder, `example${index}.ts`);
        writeFileSync(file, text);
        return file;
      });
      writeFileSync(join(folder, "package.json"), "{}");
      const options = { target: "es2022", module: "nodenext", strict: true, types: ["node"] };
      const exact = { ...options, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
      assert.deepEqual(complaintsOf(typescript, files, exact), []);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("shows a whole program to whoever hovers over new DatabaseCopy", () => {
    const text = hoverOver(
      `import { DatabaseCopy } from "pulumi-alicloud-rds-copy";\nnew DatabaseCopy;`,
      "DatabaseCopy;",
    );
    assert.match(text, /import \{ DatabaseCopy \} from "pulumi-alicloud-rds-copy";[^]*new DatabaseCopy\(/);
  });
});

/** What an editor shows over a word of a program. */
function hoverOver(program: string, word: string): string {
  const file = resolve(__dirname, "hovered.ts");
  const options = { module: typescript.ModuleKind.NodeNext, types: ["node"] };
  const service = typescript.createLanguageService({
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: (given) => typescript.getDefaultLibFilePath(given),
    fileExists: (name) => name === file || typescript.sys.fileExists(name),
    readFile: (name) => (name === file ? program : typescript.sys.readFile(name)),
    directoryExists: (name) => typescript.sys.directoryExists(name),
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const text = name === file ? program : typescript.sys.readFile(name);
      return text === undefined ? undefined : typescript.ScriptSnapshot.fromString(text);
    },
  });
  const { documentation, tags } = service.getQuickInfoAtPosition(file, program.indexOf(word)) ?? {};
  const shown = [documentation, ...(tags ?? []).map(({ text }) => text)];
  return shown.map((parts) => typescript.displayPartsToString(parts)).join("\n");
}

describe("the types of the packages", () => {
  const cache = resolve(__dirname, "../../../node_modules/.cache");
  let folder: string;

  before(() => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, "types-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const options of [
    { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
    { module: "node16", moduleResolution: "node16" },
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "esnext", moduleResolution: "bundler" },
  ]) {
    it(`are found from every entry with moduleResolution ${options.moduleResolution}`, () => {
      const program = importsOfProvider + importsOfSimulator + use;
      assert.deepEqual(complaints(typescript, folder, program, { ...options, types: ["node"] }), []);
    });
  }

  it("answer a list of objects with what a list holds, and how another name is written", () => {
    const program = `
      import { DatabaseCopyArgs } from "pulumi-alicloud-rds-copy";
      const between = { sourceDbInstanceId: "a", targetDbInstanceId: "b" };
      export const args: DatabaseCopyArgs = { ...between, dbNames: [{ source: "orders" }] };
      const listed = [{ source: "orders" }];
      export const other: DatabaseCopyArgs = { ...between, dbNames: listed };`;
    const options = { module: "nodenext", moduleResolution: "nodenext", types: [] };
    const said = complaints(typescript, folder, program, options);
    const sentence = String.raw`"a list holds names only: for another name on the target write { orders: \"orders_2026\" }"`;
    assert.equal(said.length, 2, said.join("\n"));
    for (const one of said) assert.ok(one.endsWith(`is not assignable to type '${sentence}'.`), one);
  });

  it("can be read by the compiler that Pulumi brings for programs without one of their own", () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its path is no valid module specifier for `import`
    const vendored = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as typeof typescript;
    assert.equal(vendored.version, "3.8.3");
    const options = { module: "commonjs", moduleResolution: "node", types: [] };
    assert.deepEqual(complaints(vendored, folder, importsOfProvider + use, options), []);
  });
});

const importsOfProvider = `
  import { DatabaseCopy, EnvironmentDatabases, getBackups, getRestorableWindow } from "pulumi-alicloud-rds-copy";
  import { Backup, DatabaseCopyArgs, EnvironmentDatabasesArgs } from "pulumi-alicloud-rds-copy";
  import { copyMocks, CopyMocksOptions } from "pulumi-alicloud-rds-copy/testing";
  import * as provider from "pulumi-alicloud-rds-copy/provider";
  import * as point from "pulumi-alicloud-rds-copy/restore-point";`;

const importsOfSimulator = `
  import { startSimulator } from "alicloud-rds-simulator";
  import { connectToSimulator } from "alicloud-rds-simulator/client";
  export const simulators = [startSimulator, connectToSimulator];`;

const use = `
  const args: DatabaseCopyArgs = { sourceDbInstanceId: "a", targetDbInstanceId: "b", dbNames: ["c"] };
  const listed = ["c", "d"] as const;
  export const fromConstants: DatabaseCopyArgs = { ...args, dbNames: listed };
  const environment: EnvironmentDatabasesArgs = { sources: {}, targets: {} };
  const options: CopyMocksOptions = {};
  new DatabaseCopy("copy", args).names.apply((names): string => Object.keys(names)[0]);
  export const found: Promise<Backup | undefined> = getBackups({ dbInstanceId: "a" }).then(({ latest }) => latest);
  export const all = [new EnvironmentDatabases("e", environment), getRestorableWindow, copyMocks(options), provider, point];`;

/** What a compiler says of a program and of our packages' files; what it says of other packages is theirs. */
function complaints(
  compiler: typeof typescript,
  folder: string,
  program: string,
  given: object,
): readonly string[] {
  const file = join(folder, "program.ts");
  writeFileSync(file, program);
  return complaintsOf(compiler, [file], { strict: true, target: "es2020", ...given });
}

function complaintsOf(
  compiler: typeof typescript,
  files: readonly string[],
  given: object,
): readonly string[] {
  const json = { noEmit: true, skipLibCheck: true, ...given };
  const { options, errors } = compiler.convertCompilerOptionsFromJson(json, process.cwd());
  assert.deepEqual(errors, []);
  const own = [...files, "/provider/dist/", "/simulator/dist/"];
  return compiler
    .getPreEmitDiagnostics(compiler.createProgram(files, options))
    .filter(({ file: where }) => where === undefined || own.some((part) => where.fileName.includes(part)))
    .map(
      ({ messageText, file: where }) =>
        `${where?.fileName ?? ""} ${compiler.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}
