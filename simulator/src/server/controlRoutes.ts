import type { FastifyInstance } from "fastify";
import type { FaultRule } from "../faults/rule.js";
import { WorldError } from "../world/load.js";
import type { WorldInput } from "../world/schema.js";
import type { Served } from "./listen.js";

/** Everything under `/_simulator/`: JSON in and out, errors as `{ "error": sentence, "problems": [...] }`. */
export function controlRoutes({ simulation: { control }, saved, certificate }: Served) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.addHook("onSend", saved);
    app.setErrorHandler((error, _request, reply) => {
      const problems = error instanceof WorldError ? { problems: error.problems } : {};
      const message = error instanceof Error ? error.message : String(error);
      return reply.code(400).send({ error: message, ...problems });
    });
    app.get("/world", () => control.world());
    app.put("/world", (request) => {
      control.setWorld(request.body as WorldInput);
      return control.world();
    });
    app.get("/journal", () => control.journal());
    app.delete("/journal", (_request, reply) => {
      control.clearJournal();
      return reply.code(204).send();
    });
    app.get("/faults", () => control.faults());
    app.post("/faults", (request, reply) =>
      reply.code(201).send(control.addFault(request.body as FaultRule)),
    );
    app.delete("/faults", (_request, reply) => {
      control.clearFaults();
      return reply.code(204).send();
    });
    app.post("/clock", (request) => {
      const { advance } = (request.body ?? {}) as { advance?: string };
      if (typeof advance !== "string") throw new Error('The body must be such as {"advance": "10m"}.');
      return { now: control.advance(advance) };
    });
    app.post("/reset", () => {
      control.reset();
      return { now: control.world().now };
    });
    app.get("/status", () => control.status());
    app.get("/certificate", (_request, reply) => {
      if (certificate === undefined) throw new Error("There is no HTTPS here (--tls).");
      return reply.type("application/x-pem-file").send(certificate);
    });
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({
        error:
          "The control calls are world, journal, faults, clock, reset, status and certificate, each below /_simulator/.",
      }),
    );
    done();
  };
}
