// Runs test files, one after the other, as it is told to by its parent, and tells how each test ended.
// CommonJS, as the tests and mocha are.
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { Mocha } = require("mocha");

const { Base } = Mocha.reporters;
const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_RUN_END } = Mocha.Runner.constants;

/** A guard against hanging, in milliseconds: far above what any machine needs. */
const timeout = 900_000;

/** Keeps what mocha's own reporters would print of the failures. */
class Collector {
  constructor(runner) {
    const tests = [];
    const ended = (test, error) =>
      tests.push({
        name: test.fullTitle(),
        milliseconds: test.duration ?? 0,
        ...(error === undefined ? {} : { failure: described(test) }),
      });
    runner.on(EVENT_TEST_PASS, (test) => ended(test));
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      test.err = error;
      ended(test, error);
    });
    runner.once(EVENT_RUN_END, () => (Collector.tests = tests));
  }
}

function described(test) {
  const lines = [];
  Base.consoleLog = (format = "", ...values) => lines.push(require("node:util").format(format, ...values));
  Base.list([test]);
  return lines.join("\n");
}

async function run(file, grep) {
  // A forgotten `.only` or `.skip` would make a passing run mean less than it says.
  const mocha = new Mocha({
    reporter: Collector,
    timeout,
    forbidOnly: true,
    forbidPending: grep === undefined,
  });
  if (grep !== undefined) mocha.fgrep(grep);
  mocha.addFile(file);
  await mocha.loadFilesAsync();
  await new Promise((resolve) => mocha.run(resolve));
  mocha.dispose();
  return Collector.tests;
}

/** Seconds of processor time of this process and of all that it started and that ended; on Linux alone. */
function cpuSeconds() {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return 0;
  }
}

// What tests leave in the folder for temporary files goes with the process. (tsx has its cache elsewhere: it looked before.)
process.env.TMPDIR = mkdtempSync(join(tmpdir(), "databasecopy-tests-"));
process.once("exit", () => rmSync(process.env.TMPDIR, { recursive: true, force: true }));

process.on("message", ({ file, grep }) => {
  const cpuBefore = cpuSeconds();
  const told = (result) => process.send({ ...result, cpuSeconds: cpuSeconds() - cpuBefore });
  run(file, grep).then(
    (tests) => told({ tests }),
    (error) => told({ tests: [{ name: file, milliseconds: 0, failure: String(error?.stack ?? error) }] }),
  );
});
// What the tests leave for the end of the process is done then.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, () => process.exit(1));
