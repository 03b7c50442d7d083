/**
 * Mutation testing of what decides about other people's data: the judge and the order of calls, what is looked at before
 * a drop, the domain, and the policy for failed calls. A mutant is a rule taken out or turned round; one that no test notices is a rule that nothing guards.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  mutate: [
    "provider/src/ownership/**/*.ts",
    "provider/src/reconcile/**/*.ts",
    "provider/src/copy/**/*.ts",
    "provider/src/preflight/**/*.ts",
    "provider/src/rds/{failure,failurePolicy,sdkFailure}.ts",
  ],
  testRunner: "mocha",
  testRunnerNodeArgs: ["--import=tsx"],
  mochaOptions: {
    // In the order of their speed: the first test that fails ends a mutant.
    // (Without braces: Stryker takes their commas for ends of patterns.)
    spec: [
      "tests/unit/ownership/*.test.ts",
      "tests/unit/reconcile/*.test.ts",
      "tests/unit/provider/**/*.test.ts",
      "tests/unit/player/*.test.ts",
      "tests/unit/nothing-lost/*.test.ts",
      "tests/unit/absence/*.test.ts",
      "tests/unit/composition/restorableWindow.test.ts",
      "tests/unit/composition/restorePointProvider.test.ts",
      "tests/unit/composition/getBackups.test.ts",
      "tests/unit/preflight/*.test.ts",
      // Every sentence as docs/messages.md prints it: which one is said when.
      "tests/unit/messages.test.ts",
      // Few lives and few scenarios: the whole storm takes longer than thousands of mutants can wait.
      "tests/mutants/*.test.ts",
    ],
  },
  coverageAnalysis: "perTest",
  // Sentences are read by people, tests know them by their codes: emptied texts tell nothing of the rules.
  appendPlugins: ["./scripts/mutate/sentences.mjs"],
  ignorers: ["sentences"],
  ignorePatterns: ["examples", "tests/engine", "tests/clients", "tests/standins"],
  concurrency: 1,
  maxTestRunnerReuse: 100,
  timeoutMS: 3000,
  incremental: true,
  incrementalFile: "node_modules/.cache/mutate/incremental.json",
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: "node_modules/.cache/mutate/mutants.json" },
  htmlReporter: { fileName: "node_modules/.cache/mutate/mutants.html" },
  thresholds: { high: 95, low: 90, break: 90 },
};
