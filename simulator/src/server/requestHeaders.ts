import type { IncomingMessage } from "node:http";
import type { WireRequest } from "../gateway/wire.js";

/** The headers of a request, names in lower case, each with one text. */
export function headersOf({ headers }: IncomingMessage): WireRequest["headers"] {
  const read: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    read[name] = Array.isArray(value) ? value.join(",") : (value ?? "");
  }
  return read;
}
