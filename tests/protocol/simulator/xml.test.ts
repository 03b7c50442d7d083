import assert from "node:assert/strict";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { signRpc } from "../../../simulator/src/gateway/rpcSignature.js";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { actions } from "../../../simulator/src/machine.js";
import { goodCopy, smallCompany } from "../../unit/simulator/cloud.js";

const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true });

/** Enough for most actions to answer; those that want more are refused, which must be XML as well. */
const parameters = {
  RegionId: "cn-hangzhou",
  ResourceType: "INSTANCE",
  "ResourceId.1": "rm-prod",
  "Tag.1.Key": "team",
  "Tag.1.Value": "<shop & co>",
  All: "true",
  DBDescription: "described",
  StartTime: "2026-02-27T00:00Z",
  EndTime: "2026-03-02T00:00Z",
  FromStartTime: "2026-02-27T00:00:00Z",
  ToStartTime: "2026-03-02T00:00:00Z",
  DBName: "orders",
  ...goodCopy,
};

/** What XML can say of a JSON answer: texts, no empty lists, and no difference between one entry and a list of one. */
function asXml(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? asXml(value[0]) : value.map(asXml);
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => !Array.isArray(inner) || inner.length > 0)
    .map(([name, inner]) => [name, asXml(inner)]);
  return entries.length === 0 ? "" : Object.fromEntries(entries);
}

describe("simulator: answers in XML", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world, clock: "virtual" });
  });
  afterEach(() => sim.close());

  const world = { ...smallCompany, service: { variedMessages: false } };
  let nonce = 0;

  async function ask(action: string, more: Record<string, string>, headers: Record<string, string> = {}) {
    nonce += 1;
    const query = new URLSearchParams({
      Action: action,
      Version: "2014-08-15",
      AccessKeyId: "simulated-key",
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: String(nonce),
      Timestamp: new Date().toISOString().replace(/\.\d+Z/, "Z"),
      ...more,
    });
    query.set("Signature", signRpc("GET", [...query], "simulated-secret"));
    const answer = await fetch(`${sim.url}/?${query.toString()}`, { headers });
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  }

  const served = actions.filter(({ product }) => product === undefined || product === "Rds");
  for (const { name } of served) {
    it(`${name}: the same as in JSON`, async () => {
      const json = await ask(name, parameters);
      sim.reset();
      const xml = await ask(name.toLowerCase(), { ...parameters, Format: "XML" });
      assert.deepEqual([xml.status, xml.type], [json.status, "text/xml;charset=utf-8"]);
      assert.equal(XMLValidator.validate(xml.text), true);
      const [root, ...more] = Object.entries(parser.parse(xml.text) as Record<string, unknown>);
      assert.deepEqual(more, []);
      assert.equal(root?.[0], json.status === 200 ? `${name}Response` : "Error");
      assert.deepEqual(withoutRequestId(root?.[1]), withoutRequestId(asXml(JSON.parse(json.text))));
    });
  }

  it("lists are wrapped as the old wire wrapped them", async () => {
    const { text } = await ask("DescribeBackups", { DBInstanceId: "rm-prod", Format: "xml" });
    assert.match(
      text,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<DescribeBackupsResponse><RequestId>[0-9A-F-]{36}<\/RequestId>.*<Items><Backup><BackupId>102<\/BackupId>.*<\/Backup><Backup><BackupId>101<.*<\/Backup><\/Items><\/DescribeBackupsResponse>$/,
    );
  });

  it("errors stand in Error, those of the gateway and of fault rules too", async () => {
    const answers = [await ask("DescribeBackups", { DBInstanceId: "rm-x", Format: "XML" })];
    sim.addFault({ action: "*", then: { error: { status: 503, code: "ServiceUnavailable" } } });
    answers.push(await ask("DescribeBackups", { DBInstanceId: "rm-prod", Format: "XML" }));
    const unsigned = await fetch(`${sim.url}/?Action=DescribeBackups&Version=2014-08-15&Format=XML`);
    answers.push({
      status: unsigned.status,
      type: unsigned.headers.get("content-type"),
      text: await unsigned.text(),
    });
    const seen = answers.map(({ status, type, text }) => [
      status,
      type,
      /<Code>(.*)<\/Code>/.exec(text)?.[1],
    ]);
    const type = "text/xml;charset=utf-8";
    assert.deepEqual(seen, [
      [400, type, "InvalidDBInstanceName.NotFound"],
      [503, type, "ServiceUnavailable"],
      [400, type, "IncompleteSignature"],
    ]);
    for (const { text } of answers)
      assert.match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><RequestId>.*<\/Error>$/);
  });

  it("what cannot stand in XML is replaced, what can is encoded", async () => {
    const { text } = await ask("DescribeBackups", {
      DBInstanceId: "a\u0000<b>&\ud800\u000b]]>",
      Format: "XML",
    });
    assert.equal(XMLValidator.validate(text), true);
    const { Error: error } = parser.parse(text) as { Error: { Message: string } };
    assert.equal(error.Message, "The database instance a\ufffd<b>&\ufffd\ufffd]]> does not exist.");
  });

  for (const [accept, format, type] of [
    ["text/xml", "", "text/xml;charset=utf-8"],
    ["application/xml, */*", "", "text/xml;charset=utf-8"],
    ["text/xml", "JSON", "application/json;charset=utf-8"],
    ["*/*", "", "application/json;charset=utf-8"],
    ["text/html,application/xml", "", "application/json;charset=utf-8"],
    ["application/json", "XML", "text/xml;charset=utf-8"],
  ] as const) {
    it(`Accept: ${accept} and ${format === "" ? "no Format" : `Format=${format}`} is ${type}`, async () => {
      const more = { DBInstanceId: "rm-prod", ...(format === "" ? {} : { Format: format }) };
      assert.equal((await ask("DescribeBackups", more, { accept })).type, type);
    });
  }
});

const withoutRequestId = (body: unknown) => {
  const text = JSON.stringify(body);
  return JSON.parse(text.replaceAll(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "R")) as unknown;
};
