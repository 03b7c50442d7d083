import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** Without query and fragment, in which a redirect may carry a token. */
  readonly location: string | undefined;
  /** Without its parameters: `text/html`. */
  readonly contentType: string | undefined;
  /** The service's time less that of this machine when it came, in milliseconds; `undefined` if the service does not tell. */
  readonly aheadMs: number | undefined;
}

/** Takes down the last answer that came to the calls made inside. */
export interface Ear {
  answer?: HttpAnswer | undefined;
}

/**
 * Makes calls whose answers are heard: the SDK's errors leave out what a person needs where something else than
 * the service answered, and the time by which a wrong clock is seen. Node tells of every answer of its `http` module.
 */
export function heardBy<T>(ear: Ear, call: () => Promise<T>): Promise<T> {
  listen();
  return ears.run(ear, call);
}

/** Hears every answer that comes to this process, whoever asked. Gives how to stop. */
export function hearAll(hear: (answer: HttpAnswer) => void): () => void {
  listen();
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** `HTTP 302, location https://portal.example/login, content type text/html`. */
export function answerInWords({
  status,
  location,
  contentType,
}: {
  readonly [Fact in "status" | "location" | "contentType"]?: HttpAnswer[Fact] | undefined;
}): string {
  return [
    status === undefined ? undefined : `HTTP ${status}`,
    location && `location ${location}`,
    contentType && `content type ${contentType}`,
  ]
    .filter(Boolean)
    .join(", ");
}

const hearers = new Set<(answer: HttpAnswer) => void>();

const ears = new AsyncLocalStorage<Ear>();

/** Sockets are shared, so an answer comes in the context of another call: the request knows whose it is. */
const earOf = new WeakMap<ClientRequest, Ear>();

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  subscribe("http.client.request.start", (message) => {
    const { request } = message as { readonly request: ClientRequest };
    const ear = ears.getStore();
    if (ear) earOf.set(request, ear);
  });
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as {
      readonly request: ClientRequest;
      readonly response: IncomingMessage;
    };
    const ear = earOf.get(request);
    if (!ear && hearers.size === 0) return;
    const answer = answerIn(response);
    if (ear) ear.answer = answer;
    for (const hear of hearers) hear(answer);
  });
}

function answerIn({ statusCode = 0, headers }: IncomingMessage): HttpAnswer {
  const at = Date.parse(headers.date ?? "");
  return {
    status: statusCode,
    location: headers.location?.replace(/[?#].*$/s, ""),
    contentType: headers["content-type"]?.replace(/;.*$/s, "").trim(),
    aheadMs: Number.isNaN(at) ? undefined : at - Date.now(),
  };
}
