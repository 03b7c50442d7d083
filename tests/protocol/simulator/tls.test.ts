import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { generate } from "selfsigned";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient, thrownBy } from "./client.js";
import { run } from "./process.js";

const read = async (endpoint: string, config: Record<string, unknown>) => {
  const request = new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-prod" });
  const { body } = await sdkClient(endpoint, config).describeDatabases(request);
  return body?.databases?.database?.length;
};

describe("simulator: HTTPS", () => {
  describe("with a throw-away certificate", () => {
    let sim: Simulator;
    beforeEach(async () => {
      sim = await startSimulator({ world: smallCompany, clock: "virtual", tls: true });
    });
    afterEach(() => sim.close());

    it("is spoken beside plain HTTP, over the same world", async () => {
      const { endpoint = "", certificate } = sim.tls ?? {};
      assert.equal(await read(endpoint, { protocol: "https", ca: certificate }), 3);
      assert.equal(await read(sim.endpoint, {}), 3);
      assert.equal(sim.journal().length, 2);
    });

    it("is refused by a client that was not told to trust it", async () => {
      const thrown = await thrownBy(read(sim.tls?.endpoint ?? "", { protocol: "https" }));
      assert.equal(thrown.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
    });

    it("gives what is to be trusted on the plain port", async () => {
      const answer = await fetch(`${sim.url}/_simulator/certificate`);
      assert.equal(await answer.text(), sim.tls?.certificate);
    });
  });

  it("is not there unless it is asked for", async () => {
    const sim = await startSimulator();
    try {
      assert.equal(sim.tls, undefined);
      const answer = await fetch(`${sim.url}/_simulator/certificate`);
      assert.deepEqual(
        [answer.status, await answer.json()],
        [400, { error: "There is no HTTPS here (--tls)." }],
      );
    } finally {
      await sim.close();
    }
  });

  describe("from the command", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "tls-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it("is printed in a second line, with a pair of one's own", async () => {
      const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
      const pair = await generate([{ name: "commonName", value: "127.0.0.1" }], {
        keyType: "ec",
        extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
      });
      await writeFile(cert, pair.cert);
      await writeFile(key, pair.private);
      const running = run("--port", "0", "--world", "small-company", "--tls-cert", cert, "--tls-key", key);
      try {
        const [plain = "", secure = ""] = await running.ready(2);
        assert.match(plain, /^http:/);
        assert.match(secure, /^https:/);
        assert.equal(await read(new URL(secure).host, { protocol: "https", ca: pair.cert }), 3);
      } finally {
        running.kill("SIGTERM");
        assert.equal((await running.ended).code, 0);
      }
    });

    it("says what is wrong with a pair", async () => {
      const file = join(folder, "none.pem");
      await writeFile(file, "no certificate");
      for (const [flags, complaint] of [
        [["--tls-cert", file], /--tls-cert and --tls-key belong together/],
        [["--tls-cert", file, "--tls-key", `${file}x`], /The file of --tls-key cannot be read: ENOENT/],
        [["--tls-cert", file, "--tls-key", file], /The certificate and the key cannot be used: /],
      ] as const) {
        const { code, stdout, stderr } = await run("--port", "0", ...flags).ended;
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, complaint);
        assert.ok(!/\n\s+at /.test(stderr), stderr);
      }
    });
  });
});
