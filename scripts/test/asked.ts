import { parseArgs } from "node:util";
import { isLayer, layerOf, layers, type Layer } from "./layers.ts";

/** What was asked for. */
export interface Asked {
  /** None: all that can run here. */
  readonly layers: readonly Layer[];
  /** None: all of the layers. */
  readonly files: readonly string[];
  /** Only tests whose full name holds this text. */
  readonly grep?: string | undefined;
  readonly watch: boolean;
  readonly jobs?: number | undefined;
}

export const help = `npm test                            all tests
npm test engine                     one layer, or several: ${layers.join(", ")}
npm test tests/unit/documents.test.ts
                                    one file, or several
npm test -- --grep TEXT             the tests whose full name holds the text; with layers or files before it, of these
npm test unit -- --watch            again after every change
npm test -- --jobs 1                so many files side by side (as a rule as many as there are processors, 2 at least, and one more
                                    at a lower priority that only computes)

The whole of what grows, beyond the part that npm test runs: npm run storm, npm run cuts, npm run kills.
`;

/** @throws Error with a sentence about what is wrong with the arguments */
export function readArguments(args: readonly string[]): Asked | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      grep: { type: "string", short: "g" },
      watch: { type: "boolean", short: "w", default: false },
      jobs: { type: "string", short: "j" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0))
    throw new Error("--jobs takes a whole number above 0.");
  const files = positionals.filter((name) => !isLayer(name)).map((name) => name.replace(/^\.\//, ""));
  const unknown = files.find((file) => layerOf(file) === undefined || !file.endsWith(".test.ts"));
  if (unknown !== undefined) throw new Error(`${unknown} is neither a layer nor a test file.`);
  return { layers: positionals.filter(isLayer), files, grep: values.grep, watch: values.watch, jobs };
}
