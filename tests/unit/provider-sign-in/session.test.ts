import assert from "node:assert/strict";
import type { Credentials } from "../../../provider/src/rds/connection";
import { sharedSession, type Session } from "../../../provider/src/rds/signIn/session";
import { cliFile, configKey, prodProfile, stack } from "./stack";
import { startSts, type StsStandIn } from "./stsStandIn";

const minute = 60_000;
const hour = 60 * minute;

describe("Sign-in: sessions", () => {
  /** Sessions that last so long, numbered, at a clock that the test moves. */
  function source({ lastsMs }: { readonly lastsMs: number | undefined }) {
    const world = { now: 1_000_000, asked: 0, fails: false };
    const ask = (): Promise<Session> => {
      world.asked += 1;
      if (world.fails) return Promise.reject(new Error("STS is down"));
      return Promise.resolve({
        credentials: {
          accessKeyId: `STS.${world.asked}`,
          accessKeySecret: "s",
          securityToken: `t${world.asked}`,
        },
        endsAt: lastsMs === undefined ? undefined : world.now + lastsMs,
      });
    };
    const session = sharedSession(ask, () => world.now);
    const id = async (insteadOf?: Credentials) => (await session.get(insteadOf)).accessKeyId;
    return { world, session, id };
  }

  it("one question for all who want it at once", async () => {
    const { world, id } = source({ lastsMs: hour });
    assert.deepEqual(new Set(await Promise.all(Array.from({ length: 60 }, () => id()))), new Set(["STS.1"]));
    assert.equal(world.asked, 1);
  });

  it("renewed a quarter of an hour before its end, not earlier", async () => {
    const { world, id } = source({ lastsMs: hour });
    await id();
    world.now += 45 * minute - 1;
    assert.equal(await id(), "STS.1");
    world.now += 1;
    assert.equal(await id(), "STS.2");
    assert.equal(world.asked, 2);
  });

  it("a session of 15 minutes is used, not asked for at every call", async () => {
    const { world, id } = source({ lastsMs: 15 * minute });
    await id();
    world.now += 11 * minute;
    assert.equal(await id(), "STS.1");
    world.now += minute;
    assert.equal(await id(), "STS.2");
  });

  it("over a wait of two hours with sessions of one hour, nobody signs with an expired token", async () => {
    const { world, session } = source({ lastsMs: hour });
    const endOf = new Map<string, number>();
    for (let waited = 0; waited <= 2 * hour; waited += 20_000) {
      const { accessKeyId } = await session.get();
      if (!endOf.has(accessKeyId)) endOf.set(accessKeyId, world.now + hour);
      assert.ok(world.now < (endOf.get(accessKeyId) ?? 0));
      world.now += 20_000;
    }
    assert.equal(world.asked, 3);
  });

  it("a renewal that fails leaves the old session in use until it ends", async () => {
    const { world, id } = source({ lastsMs: hour });
    await id();
    world.fails = true;
    world.now += 50 * minute;
    assert.equal(await id(), "STS.1");
    assert.equal(await id(), "STS.1");
    assert.equal(world.asked, 2);
    world.now += 10 * minute;
    await assert.rejects(id(), /STS is down/);
  });

  it("a failure is remembered for seconds: many copies ask once, a later try asks again", async () => {
    const { world, id } = source({ lastsMs: hour });
    world.fails = true;
    await assert.rejects(id());
    await assert.rejects(id());
    assert.equal(world.asked, 1);
    world.now += 10_000;
    world.fails = false;
    assert.equal(await id(), "STS.2");
  });

  it("a refused session is asked for anew, once for all who were refused with it", async () => {
    const { world, session, id } = source({ lastsMs: hour });
    const first = await session.get();
    const fresh = await Promise.all(Array.from({ length: 60 }, () => id(first)));
    assert.deepEqual(new Set(fresh), new Set(["STS.2"]));
    // Somebody who was refused with the first one, but comes late, gets what the others got.
    assert.equal(await id(first), "STS.2");
    assert.equal(world.asked, 2);
  });

  it("a refused session is never given again, not even when there is no other", async () => {
    const { world, session, id } = source({ lastsMs: hour });
    const first = await session.get();
    world.fails = true;
    await assert.rejects(id(first), /STS is down/);
  });

  it("one without an end is kept until it is refused", async () => {
    const { world, session, id } = source({ lastsMs: undefined });
    const first = await session.get();
    world.now += 1000 * hour;
    assert.equal(await id(), "STS.1");
    assert.equal(await id(first), "STS.2");
  });

  describe("of roles", () => {
    let sts: StsStandIn;
    let clock = Date.now();
    before(async () => (sts = await startSts({ now: () => clock })));
    after(() => sts.close());
    beforeEach(() => (sts.calls.length = 0));
    const roleStack = () =>
      stack({
        config: {
          ...configKey,
          assumeRole: { roleArn: "acs:ram::1:role/copier" },
          endpoints: [{ sts: sts.host }],
        },
        now: () => clock,
      });

    it("60 copies with one role, in two regions: one call to STS, and one more for the next hour", async () => {
      const at = roleStack();
      const connections = Array.from({ length: 60 }, (_, index) =>
        at.connect(index % 2 === 0 ? {} : { region: "cn-shanghai" }),
      );
      const all = () => Promise.all(connections.map((connection) => connection.credentials()));
      await all();
      clock += 30 * minute;
      await all();
      assert.equal(sts.calls.length, 1);
      clock += 20 * minute;
      await all();
      assert.equal(sts.calls.length, 2);
    });

    it("nothing is kept for another stack of the same process", async () => {
      await roleStack().signer();
      await roleStack().signer();
      assert.equal(sts.calls.length, 2);
    });

    it("a chain: each role has its own session", async () => {
      const link = (name: string, source: string) => ({
        name,
        mode: "ChainableRamRoleArn",
        source_profile: source,
        ram_role_arn: `acs:ram::1:role/${name}`,
      });
      const at = stack({
        config: { endpoints: [{ sts: sts.host }] },
        files: { ".aliyun/config.json": cliFile(prodProfile, link("a", "prod"), link("b", "a")) },
        now: () => clock,
      });
      await Promise.all([
        at.signer({ profile: "b" }),
        at.signer({ profile: "a" }),
        at.signer({ profile: "b" }),
      ]);
      assert.equal(sts.calls.length, 2);
    });

    it("a key that was replaced in the file asks for the role when the old one is refused", async () => {
      const assumeRole = { roleArn: "acs:ram::1:role/copier" };
      const old = { ...prodProfile, mode: "StsToken", sts_token: "token-old", access_key_id: "STS.old" };
      const at = stack({
        config: { profile: "prod", assumeRole, endpoints: [{ sts: sts.host }] },
        files: { ".aliyun/config.json": cliFile(old) },
        now: () => clock,
      });
      await at.signer();
      at.write(".aliyun/config.json", cliFile({ ...old, sts_token: "token-new", access_key_id: "STS.new" }));
      clock += 2 * hour;
      sts.refuses(400, { Code: "InvalidSecurityToken.Expired", Message: "expired" });
      await assert.rejects(at.connect().credentials(), /by the temporary key ST\.\.\. of/);
      assert.deepEqual(
        sts.calls.map(({ accessKeyId }) => accessKeyId),
        ["STS.old", "STS.old", "STS.new"],
      );
      sts.refuses();
    });
  });
});
