import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** Go's part is played by a script: a real build takes minutes. */
describe("making the engine", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "databasecopy-engine-build-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function build(
    play: string,
    { signal, everyMs = 20 }: { signal?: AbortSignal; everyMs?: number } = {},
  ) {
    const { buildEngine } = await import("../../../scripts/engine/buildEngine.js");
    await mkdir(join(folder, "bin"), { recursive: true });
    const go = join(folder, "bin", "go");
    await writeFile(go, `#!/bin/sh\nif [ "$1" = env ]; then echo go1.99.0; exit; fi\n${play}\n`);
    await chmod(go, 0o755);
    const said: string[] = [];
    const env = {
      PATH: [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      DATABASECOPY_CACHE: join(folder, "cache"),
    };
    const made = buildEngine((line) => said.push(line), env, signal, everyMs);
    return { made, said };
  }

  /** Answers `list` and `build -v -trimpath -ldflags FLAGS -o OUT/ TARGET`. */
  const makes = `case "$1" in
    list) echo one; echo two;;
    build) echo one >&2; for last; do out=$before; before=$last; done; sleep 0.2; : > "$out$(basename "$last")";;
    esac`;

  it("says how far it is, and that it goes on where it was", async () => {
    const { made, said } = await build(makes);
    const { folder: engine } = await made;
    assert.deepEqual((await readdir(engine)).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
    assert.ok(said.some((line) => /goes on where it was/.test(line)));
    assert.ok(
      said.some((line) => /pulumi: [01] packages compiled, 2 at most, \d+ s so far/.test(line)),
      said.join("\n"),
    );
  });

  it("is not silent where no step alone takes long", async () => {
    const { made, said } = await build(`sleep 0.2\n${makes}`, { everyMs: 700 });
    await made;
    assert.ok(
      said.some((line) => /, [1-9] s so far/.test(line)),
      said.join("\n"),
    );
  });

  it("stopped on the way says so, and the next one makes it", async () => {
    const stop = new AbortController();
    const { made } = await build("exec sleep 1000", { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(made, /was stopped; the next one goes on where it was/);
    const { made: again } = await build(makes);
    await again;
    assert.equal((await readdir(join(folder, "cache/engine"))).length, 1, "nothing half-made is left");
  });

  for (const [reason, says, expected] of [
    [
      "no network",
      "dial tcp: lookup modules.example: no such host",
      /modules .* cannot be fetched \(dial tcp.*network/,
    ],
    [
      "no room",
      "write /x: no space left on device",
      /no room for the build: .* 4 GiB .*, where [\d.]+ GiB are free/,
    ],
    ["anything else", "undefined: yacc", /exit code 1.*undefined: yacc/],
  ] as const) {
    it(`says why it cannot: ${reason}`, async () => {
      const { made } = await build(`echo "${says}" >&2; exit 1`);
      await assert.rejects(made, expected);
    });
  }

  it("says why it cannot: no Go", async () => {
    const { made } = await build(makes);
    await made;
    await rm(join(folder, "cache"), { recursive: true });
    await rm(join(folder, "bin/go"));
    const { buildEngine } = await import("../../../scripts/engine/buildEngine.js");
    const env = { PATH: join(folder, "bin"), DATABASECOPY_CACHE: join(folder, "cache") };
    await assert.rejects(
      buildEngine(() => undefined, env),
      /Go is not installed/,
    );
  });
});
