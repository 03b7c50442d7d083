import { BundledPackage } from "./bundled";

// A bundle of ES modules has no `require` for what is not in it: the first call would end in a sentence of the bundler.
try {
  require("node:module");
} catch {
  throw new BundledPackage();
}
