import assert from "node:assert/strict";
import { rememberNonces } from "../../../simulator/src/gateway/nonces.js";
import { clockWindowMs, signIn } from "../../../simulator/src/gateway/signIn.js";
import { readRequest, type WireRequest } from "../../../simulator/src/gateway/wire.js";
import { createWorld, handle, type Answer, type WorldInput } from "../../../simulator/src/machine.js";
import { Refusal } from "../../../simulator/src/rules/refuse.js";
import { providerReads } from "./providerReads.js";
import { recording, type Recorded } from "./recording.js";

const document = {
  now: "2026-11-25T01:58:00Z",
  instances: [
    {
      id: "rm-prod",
      vpcId: "vpc-1",
      vSwitchId: "vsw-1",
      resourceGroupId: "rg-1",
      createdAt: "2026-01-01T00:00:00Z",
      databases: [{ name: "orders" }],
    },
  ],
} as const satisfies WorldInput;

/** What the stand-in named and the simulator names otherwise. */
const idFields = ["DBInstanceId", "BackupJobId", "BackupId"];
/** The stand-in put the attributes into the list too; the documented list has none of these, and nobody reads them there. */
const notOfTheList =
  /^DescribeDBInstances\.Items\.DBInstance\[0\]\.(DBInstanceStorage|SecurityIPMode|ServerlessConfig|SlaveZones|Extra|Port|DBMaxQuantity) /;
const world = createWorld(document, 0);
const signedBy = (wire: WireRequest, at: number, inWorld = world) =>
  signIn(inWorld, wire, readRequest(wire), rememberNonces(2 * clockWindowMs), at);

function refusedWith(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return "nothing";
}

describe("simulator: the requests of the real alicloud provider", () => {
  it("are 174, and each is signed by its key as it was recorded", () => {
    assert.equal(recording.length, 174);
    for (const { wire, at } of recording) assert.equal(signedBy(wire, at), "simulated-key");
  });

  it("are refused with one byte of the secret changed, of the query and of the body", () => {
    const otherSecret = createWorld({ ...document, accounts: [{ accessKeySecret: "simulated-secreT" }] }, 0);
    for (const { wire, at } of recording) {
      const changed = [
        () => signedBy(wire, at, otherSecret),
        () => signedBy({ ...wire, query: wire.query.replace("Format=json", "Format=jsoN") }, at),
        () => signedBy({ ...wire, body: Buffer.from(wire.body.toString().replace("=", "=x")) }, at),
      ];
      for (const call of changed) assert.equal(refusedWith(call), "SignatureDoesNotMatch");
    }
  });

  it("are refused a quarter of an hour later, and when they are sent twice", () => {
    const nonces = rememberNonces(2 * clockWindowMs);
    for (const { wire, asked, at } of recording) {
      assert.equal(
        refusedWith(() => signedBy(wire, at + clockWindowMs + 2000)),
        "InvalidTimeStamp.Expired",
      );
      signIn(world, wire, asked, nonces, at);
      assert.equal(
        refusedWith(() => signIn(world, wire, asked, nonces, at)),
        "SignatureNonceUsed",
      );
    }
  });
});

describe("simulator: its answers to the real alicloud provider", () => {
  const played = play();

  it("succeed and fail where the recorded ones do", () => {
    for (const { recorded, answer } of played) {
      assert.deepEqual(
        [recorded.asked.action, answer.status, answer.code],
        [recorded.asked.action, recorded.status, recorded.answer["Code"]],
      );
    }
  });

  it("have every field of the recorded ones, of the same type", () => {
    for (const { recorded, answer } of played) {
      if (answer.status !== 200) continue;
      const missing = differences(recorded.answer, answer.body, recorded.asked.action ?? "");
      assert.deepEqual(
        missing.filter((line) => !notOfTheList.test(line)),
        [],
      );
    }
  });

  it("have what that provider reads, as it must be", () => {
    const seen = new Set<string>();
    for (const { recorded, answer } of played) {
      const name = recorded.asked.action ?? "";
      if (answer.status === 200) providerReads[name]?.(answer.body);
      seen.add(name);
    }
    assert.deepEqual([...seen].filter((name) => providerReads[name] === undefined).sort(), []);
  });

  it("give back what it asked for, so that a second plan differs in nothing", () => {
    const made = played.filter(({ recorded }) => recorded.asked.params["DBInstanceId"] === "rm-new27");
    const attribute = firstOf(made, "DescribeDBInstanceAttribute", "Items", "DBInstanceAttribute");
    const asked =
      recording.find(({ asked: { action } }) => action === "CreateDBInstance")?.asked.params ?? {};
    for (const name of [
      "Engine",
      "EngineVersion",
      "DBInstanceClass",
      "DBInstanceStorageType",
      "VSwitchId",
      "ZoneId",
      "Category",
      "PayType",
      "DBInstanceDescription",
    ])
      assert.equal(attribute[name], asked[name], name);
    assert.equal(attribute["VpcId"], asked["VPCId"]);
    const [label] = String(attribute["ConnectionString"]).split(".");
    const address = firstOf(made, "DescribeDBInstanceNetInfo", "DBInstanceNetInfos", "DBInstanceNetInfo");
    assert.ok(String(address["ConnectionString"]).startsWith(`${label}.`));
    const undescribed = firstOf(played, "DescribeDBInstanceAttribute", "Items", "DBInstanceAttribute");
    assert.equal(undescribed["DBInstanceDescription"], "");
    assert.equal(attribute["DBInstanceStorage"], Number(asked["DBInstanceStorage"]));
    const list = firstOf(made, "DescribeDBInstanceIPArrayList", "Items", "DBInstanceIPArray");
    assert.equal(list["SecurityIPList"], asked["SecurityIPList"]);
    const tag = firstOf(made, "DescribeTags", "Items", "TagInfos");
    assert.deepEqual([tag["TagKey"], tag["TagValue"]], [asked["Tag.1.Key"], asked["Tag.1.Value"]]);
  });

  it("show the account's right in both spellings, and no more once it is revoked", () => {
    const of = (action: string) => played.filter(({ recorded }) => recorded.asked.action === action);
    const rights = of("DescribeDatabases").map(({ answer }) => JSON.stringify(answer.body));
    assert.deepEqual(
      rights.map((text) => /"AccountPrivilege":"(\w+)"/.exec(text)?.[1]),
      [undefined, "DbOwner", "DbOwner", "DbOwner", undefined, undefined, undefined],
    );
    const accounts = of("DescribeAccounts").map(({ answer }) => JSON.stringify(answer.body));
    assert.equal(/"AccountPrivilege":"(\w+)"/.exec(accounts.at(-3) ?? "")?.[1], "DBOwner");
    assert.match(accounts.at(-1) ?? "", /"DBInstanceAccount":\[\]/);
  });
});

interface Played {
  readonly recorded: Recorded;
  readonly answer: Answer;
}

/** Plays the whole recording at its own times; ids that the stand-in gave are replaced by those given here. */
function play(): Played[] {
  const ids = new Map<string, string>();
  let current = world;
  return recording.map((recorded, index) => {
    const { asked, at } = recorded;
    const params = Object.fromEntries(
      Object.entries(asked.params).map(([name, value]) => [
        name,
        value
          .split(":")
          .map((part) => ids.get(part) ?? part)
          .join(":"),
      ]),
    );
    const request = {
      action: asked.action ?? "",
      version: asked.version,
      params,
      accessKeyId: "simulated-key",
      requestId: `R-${index}`,
    };
    const result = handle(current, request, { now: at });
    current = result.world;
    learn(ids, recorded.answer, result.answer.body);
    return { recorded, answer: result.answer };
  });
}

function learn(ids: Map<string, string>, theirs: unknown, ours: unknown): void {
  if (typeof theirs !== "object" || theirs === null || typeof ours !== "object" || ours === null) return;
  for (const [name, value] of Object.entries(theirs)) {
    const own = (ours as Record<string, unknown>)[name];
    if (idFields.includes(name) && typeof value === "string" && typeof own === "string" && own !== "")
      ids.set(value, own);
    else learn(ids, value, own);
  }
}

/** Paths of the recorded answer that ours lacks or has with another type; of lists the first entries are compared. */
function differences(theirs: unknown, ours: unknown, path: string): string[] {
  if (Array.isArray(theirs)) {
    if (!Array.isArray(ours)) return [`${path} is no list`];
    return theirs.length > 0 && ours.length > 0 ? differences(theirs[0], ours[0], `${path}[0]`) : [];
  }
  if (typeof theirs === "object" && theirs !== null) {
    if (typeof ours !== "object" || ours === null || Array.isArray(ours)) return [`${path} is no object`];
    return Object.entries(theirs).flatMap(([name, value]) =>
      differences(value, (ours as Record<string, unknown>)[name], `${path}.${name}`),
    );
  }
  return typeof theirs === typeof ours ? [] : [`${path} is ${typeof ours} and not ${typeof theirs}`];
}

function firstOf(played: readonly Played[], action: string, outer: string, inner: string) {
  const one = played.find(({ recorded }) => recorded.asked.action === action);
  const items = one?.answer.body[outer] as Record<string, Record<string, unknown>[]> | undefined;
  const first = items?.[inner]?.[0];
  assert.ok(first, action);
  return first;
}
