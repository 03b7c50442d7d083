import { BundledPackage } from "./bundled";

// A bundle of ES modules has no `require` for what is not in it: the first call would end in a sentence of the bundler.
try {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- whether it works is the question
  require("node:module");
} catch {
  throw new BundledPackage();
}
