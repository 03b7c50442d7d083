import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FaultRule } from "../faults/rule.js";
import { checkHost, checkPage } from "../gateway/visitors.js";
import type { WireRequest } from "../gateway/wire.js";
import { Refusal } from "../rules/refuse.js";
import { WorldError } from "../world/load.js";
import type { WorldInput } from "../world/schema.js";
import { answerFailure } from "./failure.js";
import { pageRoutes, type Reply, type Route } from "./pageRoutes.js";
import { headersOf } from "./requestHeaders.js";
import { bodyLimit, receiveBody } from "./requestBody.js";
import type { Served } from "./simulation.js";

export const isControlPath = (url: string): boolean => /^\/_simulator(?=[/?]|$)/.test(url);

/** Everything under `/_simulator/`: JSON in and out, errors as `{ "error": sentence, "problems": [...] }`. */
export function controlRoutes(served: Served) {
  const { hosts, saved } = served;
  const routes = new Map([...Object.entries(controls(served)), ...Object.entries(pageRoutes())]);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const [path = ""] = (request.url ?? "").slice("/_simulator".length).split("?");
    const route = routes.get(`${request.method ?? ""} ${path === "" ? "/" : path}`);
    receiveBody(request, (body) => {
      const { status, headers, text } =
        refusedVisit(path, headersOf(request), hosts) ??
        (route === undefined ? unknownRoute : replyOf(route, body));
      Promise.resolve(saved?.()).then(
        () => response.writeHead(status, headers).end(text),
        (error: unknown) => {
          answerFailure(response, error);
        },
      );
    });
  };
}

/** A process that waits by the simulator's clock keeps its connection (`followers.ts`); a page may not. */
export function upgradeRoute({ hosts, simulation }: Served) {
  return (request: IncomingMessage, socket: Duplex): void => {
    if (refusedVisit("/clock", headersOf(request), hosts) === undefined)
      simulation.followers.join(request, socket);
    else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
  };
}

/** Health says nothing and changes nothing: it is answered under every name, whatever a container is called. */
function refusedVisit(
  path: string,
  headers: WireRequest["headers"],
  hosts: ReadonlySet<string>,
): Reply | undefined {
  try {
    if (path !== "/health") checkHost(headers, hosts);
    checkPage(headers);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return json({ error: error.message }, error.status);
  }
}

function controls({ simulation: { control }, certificate }: Served): Readonly<Record<string, Route>> {
  return {
    "GET /world": () => json(control.world()),
    "PUT /world": (body) => {
      control.setWorld(body() as WorldInput);
      return json(control.world());
    },
    "GET /journal": () => json(control.journal()),
    "DELETE /journal": () => {
      control.clearJournal();
      return nothing;
    },
    "GET /faults": () => json(control.faults()),
    "POST /faults": (body) => json(control.addFault(body() as FaultRule), 201),
    "DELETE /faults": () => {
      control.clearFaults();
      return nothing;
    },
    "POST /clock": (body) => {
      const { advance } = (body() ?? {}) as { advance?: string };
      if (typeof advance !== "string") throw new Error('The body must be such as {"advance": "10m"}.');
      return json({ now: control.advance(advance) });
    },
    "POST /reset": () => {
      control.reset();
      return json({ now: control.world().now });
    },
    "GET /health": () => json({ status: "ok" }),
    "GET /status": () => json(control.status()),
    "GET /certificate": () => {
      if (certificate === undefined) throw new Error("There is no HTTPS here (--tls).");
      return { status: 200, headers: { "content-type": "application/x-pem-file" }, text: certificate };
    },
  };
}

function replyOf(route: Route, body: Buffer | undefined): Reply {
  try {
    return route(() => {
      if (body === undefined) throw new Error(`The body is larger than ${bodyLimit} bytes.`);
      return body.length === 0 ? undefined : (JSON.parse(body.toString("utf8")) as unknown);
    });
  } catch (error) {
    const problems = error instanceof WorldError ? { problems: error.problems } : {};
    const message = error instanceof Error ? error.message : String(error);
    return json({ error: message, ...problems }, 400);
  }
}

const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  text: JSON.stringify(value),
});
const nothing: Reply = { status: 204, text: "" };
const unknownRoute = json(
  {
    error:
      "The control calls are world, journal, faults, clock, reset, status, health and certificate, each below /_simulator/.",
  },
  404,
);
