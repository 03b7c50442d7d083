import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import fc from "fast-check";
import type { WireRequest } from "../../simulator/src/gateway/wire.js";
import { startSimulator, type Simulator } from "../../simulator/src/index.js";
import { sdkClient, type Thrown } from "../protocol/simulator/client.js";
import { smallCompany } from "../unit/simulator/cloud.js";
import { decoded, type Received } from "./decoded.js";
import { reasonable, wireRequest } from "./requests.js";

describe("simulator: requests of any kind over HTTP", () => {
  let sim: Simulator;
  const lines: string[] = [];
  before(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual", log: (line) => lines.push(line) });
  });
  after(() => sim.close());
  const world = () => JSON.stringify(sim.world());

  it("are answered so that the SDK can read it, and change nothing when refused", async () => {
    await fc.assert(
      fc.asyncProperty(wireRequest(), async ({ asking, wire }) => {
        const before = world();
        const received = await send(sim.endpoint, wire);
        // What is no HTTP any more is for the server itself to refuse.
        if (received === "notSent") return;
        const action = wire.headers["x-acs-action"] ?? asking.action;
        if (decoded({ action, ...received }) !== undefined) assert.equal(world(), before);
      }),
      { numRuns: 500 },
    );
  });

  it("through the SDK, signed with ACS3: an answer, or an error that the SDK takes for one", async () => {
    const client = sdkClient(sim.endpoint);
    await fc.assert(
      fc.asyncProperty(reasonable(), async ({ action, version, params }) => {
        const call = new $OpenApiUtil.Params({
          action,
          version,
          protocol: "HTTP",
          pathname: "/",
          method: "POST",
          authType: "AK",
          style: "RPC",
          reqBodyType: "formData",
          bodyType: "json",
        });
        const query = Object.fromEntries(params);
        await client
          .callApi(call, new $OpenApiUtil.OpenApiRequest({ query }), new RuntimeOptions({}))
          .catch((error: unknown) => {
            const { name, code, requestId } = error as Thrown;
            assert.equal(name, "ClientError", String(error));
            assert.ok(code !== undefined && code !== "SignatureDoesNotMatch" && requestId !== undefined);
          });
      }),
      { numRuns: 500 },
    );
  });

  it("that are no HTTP leave it alive, its world as it was and its log one line a call", async () => {
    const before = world();
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array)),
      fc.string({ unit: "binary" }).map((text) => Buffer.from(`POST / HTTP/1.1\r\n${text}\r\n\r\n`)),
      fc.string().map((text) => Buffer.from(`GET /${text} HTTP/1.1\r\nhost: x\r\n\r\n`)),
      fc
        .nat(1000)
        .map((length) => Buffer.from(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n{`)),
      fc
        .string()
        .map((text) =>
          Buffer.from(
            `PUT /_simulator/world HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
              `content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, (some) => spit(sim.endpoint, some)),
      { numRuns: 300 },
    );
    assert.equal(world(), before);
    assert.equal((await fetch(`${sim.url}/_simulator/world`)).status, 200);
    assert.ok(lines.every((line) => !/[\r\n]/.test(line)));
  });
});

async function send(endpoint: string, wire: WireRequest): Promise<Omit<Received, "action"> | "notSent"> {
  const [host, port] = endpoint.split(":");
  const path = wire.query === "" ? wire.path : `${wire.path}?${wire.query}`;
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port,
      method: wire.method,
      path,
      headers: { ...wire.headers, "content-length": wire.body.length },
      agent: false,
    };
    let outgoing;
    try {
      outgoing = request(options, (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => (body += part));
        answer.on("end", () => {
          const contentType = answer.headers["content-type"] ?? "";
          const status = answer.statusCode ?? 0;
          // A line or a header too long, or a path that is none: refused before anything of the simulator saw it.
          const unseen = answer.headers["x-acs-request-id"] === undefined && status < 500;
          resolve(unseen ? "notSent" : { status, contentType, body });
        });
      });
    } catch {
      return resolve("notSent");
    }
    outgoing.on("error", reject);
    outgoing.end(wire.body);
  });
}

/** Sends bytes and goes when something came back, or soon. */
const spit = (endpoint: string, bytes: Buffer): Promise<void> =>
  new Promise((gone) => {
    const [host, port] = endpoint.split(":");
    const socket = connect({ host: host ?? "", port: Number(port) }, () => socket.write(bytes));
    socket.setTimeout(20, () => socket.destroy());
    socket.once("data", () => socket.destroy());
    socket.on("error", () => undefined);
    socket.once("close", () => {
      gone();
    });
  });
