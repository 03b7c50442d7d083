import { copyFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command.js";
import { built, installed, type Recipe } from "./installed.js";

/** A client in a process of its own: `endpoint key secret` in, one JSON document out (lives/). */
export interface Program {
  readonly name: string;
  /** Installs what it needs and gives its command line, without the three arguments. */
  prepare(): Promise<Command>;
  /** What it calls a wrong secret. */
  readonly wrongSecret: string;
}

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const life = (file: string) => join(__dirname, "lives", file);

function pythonProgram(
  name: string,
  file: string,
  wrongSecret: string,
  packages: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Program {
  const recipe: Recipe = {
    name: `python-${(packages[0] ?? "").replace(/=.*$/, "")}`,
    needs: "python3",
    packages,
    async install(folder) {
      await run("python3", ["-m", "pip", "install", "--quiet", "--target", folder, ...packages]);
    },
  };
  return {
    name,
    wrongSecret,
    async prepare() {
      const env = { PYTHONPATH: await installed(recipe), PYTHONDONTWRITEBYTECODE: "1", ...more };
      // -S: what the system's Python has besides must not be found in place of what was installed here.
      return { file: "python3", arguments: ["-S", life(file)], env };
    },
  };
}

const popCore: Recipe = {
  name: "node-pop-core",
  needs: "npm",
  packages: ["@alicloud/pop-core@1.8.0"],
  async install(folder) {
    await writeFile(join(folder, "package.json"), "{}");
    await run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...popCore.packages], {
      cwd: folder,
    });
  },
};

function goRecipe(name: string, module: string): Recipe {
  return {
    name,
    needs: "go",
    packages: [module],
    async install(folder) {
      await writeFile(join(folder, "go.mod"), "module life\n\ngo 1.22\n");
      await run("go", ["get", module], { cwd: folder, env: goEnv });
    },
  };
}

const goSdk = goRecipe("go-alibaba-cloud-sdk", "github.com/aliyun/alibaba-cloud-sdk-go@v1.63.107");

const goOpenApi = goRecipe("go-darabonba-openapi", "github.com/alibabacloud-go/darabonba-openapi/v2@v2.1.13");

const goEnv = { GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };

const javaSdk: Recipe = {
  name: "java-rds20140815",
  needs: "mvn",
  packages: ["com.aliyun:rds20140815:1.8.4"],
  async install(folder) {
    const [groupId, artifactId, version] = (javaSdk.packages[0] ?? "").split(":");
    await writeFile(
      join(folder, "pom.xml"),
      `<project><modelVersion>4.0.0</modelVersion><groupId>life</groupId><artifactId>life</artifactId>` +
        `<version>1</version><dependencies><dependency><groupId>${groupId}</groupId>` +
        `<artifactId>${artifactId}</artifactId><version>${version}</version></dependency></dependencies></project>`,
    );
    await run(
      "mvn",
      [
        "--batch-mode",
        "--quiet",
        "dependency:copy-dependencies",
        "-DoutputDirectory=jars",
        "-DincludeScope=runtime",
      ],
      { cwd: folder },
    );
  },
};

function goProgram(name: string, file: string, recipe: Recipe): Program {
  return {
    name,
    wrongSecret: "SignatureDoesNotMatch",
    async prepare() {
      const source = life(file);
      const target = await built(await installed(recipe), source, async (work) => {
        await copyFile(source, join(work, "main.go"));
        await run("go", ["build", "-o", "life", "main.go"], { cwd: work, env: goEnv });
      });
      return { file: join(target, "life"), arguments: [] };
    },
  };
}

const pythonSdk = ["alibabacloud_rds20140815==16.0.2", "alibabacloud-tea-openapi==0.4.6"];
const pythonCore = ["aliyun-python-sdk-rds==2.7.53", "aliyun-python-sdk-core==2.16.1"];

/** Reads every page of the backup sets. */
export const pager = pythonProgram("Python pages", "python_pages.py", "SignatureDoesNotMatch", pythonSdk);

/** Lives the life, and asks once more where a connection was lost. */
export const retrier = pythonProgram(
  "Python aliyun-python-sdk-rds, asking once more",
  "python_core.py",
  "InvalidAccessKeySecret",
  pythonCore,
  { LIFE_RETRIES: "1" },
);

/** The independent clients; the Node.js SDK of today is in the tests' own dependencies and needs no installation. */
export const programs: readonly Program[] = [
  {
    name: "Node.js @alicloud/pop-core (HMAC-SHA1)",
    wrongSecret: "SignatureDoesNotMatch",
    async prepare() {
      const folder = await installed(popCore);
      const env = { CLIENT_FOLDER: folder };
      return { file: process.execPath, arguments: [life("pop_core.mjs")], env };
    },
  },
  pythonProgram(
    "Python alibabacloud_rds20140815 (ACS3)",
    "python_sdk.py",
    "SignatureDoesNotMatch",
    pythonSdk,
  ),
  // It compares the text that the server says should have been signed with its own, and concludes by itself.
  pythonProgram(
    "Python aliyun-python-sdk-rds (HMAC-SHA1)",
    "python_core.py",
    "InvalidAccessKeySecret",
    pythonCore,
  ),
  pythonProgram(
    "Python aliyun-python-sdk-rds in XML",
    "python_core.py",
    "SignatureDoesNotMatch",
    pythonCore,
    { LIFE_FORMAT: "xml" },
  ),
  goProgram("Go alibaba-cloud-sdk-go (HMAC-SHA1)", "go_sdk.go", goSdk),
  goProgram("Go alibabacloud-go/darabonba-openapi (ACS3)", "go_openapi.go", goOpenApi),
  {
    name: "Java com.aliyun:rds20140815 (ACS3)",
    wrongSecret: "SignatureDoesNotMatch",
    async prepare() {
      const folder = await installed(javaSdk);
      const source = life("JavaSdk.java");
      const jars = join(folder, "jars", "*");
      const target = await built(folder, source, async (work) => {
        await run("javac", ["-nowarn", "-d", work, "-cp", jars, source]);
      });
      return { file: "java", arguments: ["-cp", `${target}${delimiter}${jars}`, "JavaSdk"] };
    },
  },
];
