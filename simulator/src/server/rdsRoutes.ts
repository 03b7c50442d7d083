import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline, type Duplex } from "node:stream";
import type { WireRequest } from "../gateway/wire.js";
import { answerFailure } from "./failure.js";
import type { Play } from "./play.js";
import { headersOf } from "./requestHeaders.js";
import { receiveBody } from "./requestBody.js";
import type { Served } from "./simulation.js";
import { pause, trickle } from "./trickle.js";

/**
 * The RDS API: every path that is not the control's, any body, kept as the bytes that were signed. Without promises
 * where nothing has to be waited for: they cost a sixth of a call.
 */
export function rdsRoutes({ simulation, saved }: Served) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    receiveBody(request, (body) => {
      try {
        const play = simulation.call(wireRequest(request, body));
        // Answers of one turn leave one after the other: a client is woken once and not for each.
        if (saved === undefined) setImmediate(perform, play, response);
        else
          saved().then(
            () => {
              perform(play, response);
            },
            (error: unknown) => {
              answerFailure(response, error);
            },
          );
      } catch (error) {
        answerFailure(response, error);
      }
    });
  };
}

/** For a head so long that it is not read any more: nothing is known of the call but that. */
export function answerOverflow({ simulation }: Served, socket: Duplex): void {
  const { status, headers, body } = simulation.call({
    method: "",
    path: "/",
    query: "",
    headers: {},
    body: Buffer.alloc(0),
    cutOff: true,
  });
  const lines = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  const head = [`HTTP/1.1 ${status} Refused`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function wireRequest(request: IncomingMessage, body: Buffer | undefined): WireRequest {
  const { method = "", url = "/" } = request;
  const at = url.indexOf("?");
  return {
    method,
    path: at === -1 ? url : url.slice(0, at),
    query: at === -1 ? "" : url.slice(at + 1),
    headers: headersOf(request),
    body: body ?? Buffer.alloc(0),
    cutOff: body === undefined,
  };
}

function perform(play: Play, response: ServerResponse): void {
  if (play.delayMs === undefined && play.bytesPerSecond === undefined) {
    answer(play, response);
    return;
  }
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
  });
  if (play.delayMs !== undefined) void pause(play.delayMs, gone.signal).then(() => answer(play, response));
  if (play.bytesPerSecond !== undefined) {
    response.writeHead(play.status, play.headers);
    pipeline(trickle(play.body, play.bytesPerSecond, gone.signal), response, () => undefined);
  }
}

function answer({ status, headers, body, drop }: Play, response: ServerResponse): void {
  if (drop === "before" || drop === "after") {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  if (drop === undefined) {
    response.end(body);
    return;
  }
  const bytes = Buffer.from(body);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
}
