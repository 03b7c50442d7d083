import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { countCalls } from "../../../simulator/src/gateway/callRate.js";
import { hmac } from "../../../simulator/src/gateway/hmac.js";
import { rememberNonces } from "../../../simulator/src/gateway/nonces.js";
import { signRpc } from "../../../simulator/src/gateway/rpcSignature.js";
import { openJournal } from "../../../simulator/src/journal/journal.js";
import { createClock } from "../../../simulator/src/server/clock.js";
import { milliseconds } from "../../../simulator/src/server/duration.js";

describe("simulator: nonces", () => {
  it("are known for the whole time to keep, and forgotten after twice of it", () => {
    const nonces = rememberNonces(100);
    assert.equal(nonces.use("a", 0), false);
    assert.equal(nonces.use("a", 1), true);
    assert.equal(nonces.use("b", 99), false);
    assert.equal(nonces.use("c", 101), false);
    assert.equal(nonces.use("b", 199), true);
    assert.equal(nonces.use("a", 1000), false);
  });
});

describe("simulator: calls per second", () => {
  it("are counted per key and action in each second", () => {
    const rate = countCalls();
    assert.deepEqual(
      [0, 1, 2].map((at) => rate.exceeds("k A", 2, at)),
      [false, false, true],
    );
    assert.equal(rate.exceeds("k B", 2, 3), false);
    assert.equal(rate.exceeds("k A", 2, 1000), false);
    assert.equal(countCalls().exceeds("k A", 0, 0), false);
  });
});

describe("simulator: the old signature", () => {
  it("is that of a request the real alicloud provider sent", () => {
    const pairs = [
      ...new URLSearchParams(
        "AccessKeyId=simulated-key&Action=DescribeDBInstanceAttribute&Format=json&Signature=x&SignatureMethod=HMAC-SHA1" +
          "&SignatureNonce=a2ebac5eb59a20f787656a45f07ef772&SignatureVersion=1.0&Timestamp=2026-11-25T01%3A58%3A56Z&Version=2014-08-15" +
          "&DBInstanceId=rm-prod&RegionId=cn-hangzhou&SourceIp=",
      ),
    ];
    assert.equal(signRpc("POST", pairs, "simulated-secret"), "5gVJEiE0k2hNV2GrlUlRZxdE738=");
  });
});

describe("simulator: the keyed hash of ACS3", () => {
  it("is that of Node.js, for secrets shorter and longer than a block", () => {
    const digests = fc.constantFrom("sha256", "sm3");
    fc.assert(
      fc.property(
        digests,
        fc.string({ unit: "grapheme", maxLength: 100 }),
        fc.string(),
        (digest, secret, text) => {
          assert.equal(hmac(digest, secret, text), createHmac(digest, secret).update(text).digest("hex"));
        },
      ),
    );
  });
});

describe("simulator: clocks", () => {
  it("run, stand or are advanced", () => {
    let real = 1000;
    const at = (kind: "real" | "stepped" | "virtual") => createClock(kind, 60, 5000, () => real);
    const [running, stepped, virtual] = [at("real"), at("stepped"), at("virtual")];
    real += 10;
    assert.deepEqual([running.now(), stepped.now(), virtual.now()], [5600, 5000, 5000]);
    virtual.advance(milliseconds("10m"));
    assert.equal(virtual.now(), 605_000);
    assert.throws(() => running.advance(1), /only a virtual clock/);
    assert.throws(() => virtual.advance(-1), /forward/);
    running.restart(0);
    assert.equal(running.now(), 0);
  });

  it("read durations with a unit", () => {
    assert.deepEqual(["10m", "2h", "1.5s", 7].map(milliseconds), [600_000, 7_200_000, 1500, 7]);
    for (const wrong of ["", "10", "ten minutes", "1h30m"])
      assert.throws(() => milliseconds(wrong), /is not a duration/);
  });
});

describe("simulator: the journal", () => {
  it("keeps no password and no token", () => {
    const lines: string[] = [];
    const journal = openJournal((line) => lines.push(line));
    journal.add({
      time: "t",
      action: "A",
      parameters: { AccountPassword: "p4ss", DBName: "x" },
      status: 200,
      requestId: "r",
    });
    assert.deepEqual(journal.entries()[0]?.parameters, { AccountPassword: "***", DBName: "x" });
    assert.ok(!lines.join().includes("p4ss"));
    journal.clear();
    assert.deepEqual(journal.entries(), []);
  });

  it("keeps the newest 50,000 calls in memory", () => {
    const journal = openJournal(() => undefined);
    for (let i = 0; i < 120_000; i += 1)
      journal.add({ time: "", action: String(i), parameters: {}, status: 200, requestId: "" });
    assert.equal(journal.entries().length, 50_000);
    assert.equal(journal.entries().at(-1)?.action, "119999");
  });
});
