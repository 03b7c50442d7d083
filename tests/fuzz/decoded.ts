import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { cast } from "@darabonba/typescript";
import { XMLParser, XMLValidator } from "fast-xml-parser";

export interface Received {
  readonly action: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Reads an answer as the clients do: errors as code, message and request id, answers with the response classes of
 * the SDK, so that a wrong type is an error here as well.
 *
 * @returns the error code; nothing for success
 */
export function decoded({ action, status, contentType, body }: Received): string | undefined {
  assert.ok([200, 400, 403, 404].includes(status), `status ${status}: ${body}`);
  const fields = contentType.startsWith("text/xml") ? xmlFields(body) : (JSON.parse(body) as Fields);
  assert.match(String(fields["RequestId"]), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  if (status !== 200) {
    const { Code, Message, HostId } = fields;
    assert.ok(Code !== "" && [Code, Message, HostId].every((field) => typeof field === "string"), body);
    return String(Code);
  }
  if (contentType.startsWith("application/json")) readBySdk(action, fields);
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function xmlFields(body: string): Fields {
  assert.equal(XMLValidator.validate(body), true);
  const [root] = Object.values(parser.parse(body) as Readonly<Record<string, Fields>>);
  assert.ok(root !== undefined);
  return root;
}

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true });

/** Other services than RDS have SDKs of their own. */
function readBySdk(action: string, body: Fields): void {
  const Response = Object.entries(rds as Record<string, unknown>).find(
    ([name]) => name.toLowerCase() === `${action}Response`.toLowerCase(),
  )?.[1] as (new (map: object) => object) | undefined;
  if (Response === undefined) return;
  const read = cast({ statusCode: 200, headers: {}, body }, new Response({}));
  assert.ok(noNaN(read), `A number cannot be read: ${JSON.stringify(body)}`);
}

const noNaN = (value: unknown): boolean =>
  typeof value === "number"
    ? !Number.isNaN(value)
    : typeof value !== "object" || value === null || Object.values(value).every(noNaN);
