import { closeSync, openSync } from "node:fs";
import type { ServiceError } from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Reporter } from "../copy/reporter";
import { engineClient } from "./engineClient";

/** A reporter whose lines may still be on their way. */
export interface FlushingReporter extends Reporter {
  /** Resolves when everything said so far has arrived, or could not. */
  flush(): Promise<void>;
}

/**
 * Says things on the resource's own row, through the engine's Log call. Where there is no engine, or nobody
 * answers there (tests, mocks), lines go to the console.
 */
export function engineReporter(urn: string | undefined): FlushingReporter {
  let queue = Promise.resolve();
  const say = (severity: LogSeverity, line: string, ephemeral: boolean) => {
    if (!ephemeral && isRepeated(`${severity} ${urn ?? ""} ${line}`)) return;
    queue = queue.then(async () => {
      const heard = await log(severity, line, urn, ephemeral);
      if (!heard && !ephemeral && severity !== LogSeverity.DEBUG) console.error(line);
    });
  };
  return {
    isTerminal: (terminal ??= isAtTerminal()),
    status: (line) => say(LogSeverity.INFO, line, true),
    info: (line) => say(LogSeverity.INFO, line, false),
    warn: (line) => say(LogSeverity.WARNING, line, false),
    debug: (line) => say(LogSeverity.DEBUG, line, false),
    flush: () => queue,
  };
}

/** Looked for once: a process stays where it was started. */
let terminal: boolean | undefined;

/**
 * The engine does not tell whether its lines are shown in a terminal, and reads those of its plugins through pipes. A process
 * has a controlling terminal where a person has started the CLI, and CI systems say that they are none.
 */
function isAtTerminal(): boolean {
  if (process.env["CI"]) return false;
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

/** In a replacement `check` comes twice: what stays on the screen is said once in a run. */
const said = new Set<string>();

function isRepeated(key: string): boolean {
  const repeated = said.has(key);
  said.add(key);
  return repeated;
}

function log(
  severity: LogSeverity,
  message: string,
  urn: string | undefined,
  ephemeral: boolean,
): Promise<boolean> {
  const client = engineClient();
  if (!client) return Promise.resolve(false);
  const request = new LogRequest();
  request.setSeverity(severity);
  request.setMessage(message);
  request.setUrn(urn ?? "");
  request.setEphemeral(ephemeral);
  const log = client.log.bind(client);
  return new Promise((resolve) => {
    log(request, { deadline: Date.now() + 5000 } as never, (error: ServiceError | null) =>
      resolve(error === null),
    );
  });
}
