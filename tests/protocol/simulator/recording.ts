import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readRequest, type Asked, type WireRequest } from "../../../simulator/src/gateway/wire.js";

/** One call of the real alicloud provider (3.108), and what a bare stand-in server said to it. */
export interface Recorded {
  readonly at: number;
  readonly wire: WireRequest;
  readonly asked: Asked;
  readonly status: number;
  readonly answer: Record<string, unknown>;
}

const file = join(__dirname, "../../fixtures/alicloud-provider/life.jsonl");

/** An up, a preview, a refresh and a destroy of an instance, a database, an account, its right and a backup. */
export const recording: readonly Recorded[] = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => {
    const one = JSON.parse(line) as {
      at: string;
      method: string;
      url: string;
      headers: Record<string, string>;
      body: string;
      status: number;
      answer: Record<string, unknown>;
    };
    const [path = "/", query = ""] = one.url.split("?");
    const wire = { method: one.method, path, query, headers: one.headers, body: Buffer.from(one.body) };
    const { status, answer } = one;
    return { at: Date.parse(one.at), wire, asked: readRequest(wire), status, answer };
  });
