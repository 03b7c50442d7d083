import type { IncomingMessage } from "node:http";

/** A world with everything in it must fit. */
export const bodyLimit = 64 * 1024 * 1024;

/**
 * Calls back with the whole body, at once where there is none, as with most calls; with nothing where it is larger
 * than the limit, and never if the client went away before its end.
 */
export function receiveBody(request: IncomingMessage, received: (body: Buffer | undefined) => void): void {
  const { headers } = request;
  if (headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0") {
    received(noBody);
    return;
  }
  let parts: Buffer[] = [];
  let length = 0;
  request.on("data", (part: Buffer) => {
    length += part.length;
    if (length <= bodyLimit) parts.push(part);
    else parts = [];
  });
  request.once("end", () => {
    received(length > bodyLimit ? undefined : Buffer.concat(parts));
  });
  request.once("error", () => undefined);
}

const noBody = Buffer.alloc(0);
