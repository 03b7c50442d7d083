import { randomUUID } from "node:crypto";
import { addFault, decideFault } from "../faults/decide.js";
import { readFaultRule, type Fault, type FaultRule } from "../faults/rule.js";
import { checkAddress } from "../gateway/address.js";
import { answerFormat, type AnswerFormat } from "../gateway/answerFormat.js";
import { countCalls, throttled } from "../gateway/callRate.js";
import { rememberNonces } from "../gateway/nonces.js";
import { clockWindowMs, signIn } from "../gateway/signIn.js";
import { checkHost, checkPage } from "../gateway/visitors.js";
import { readRequest, type Asked, type WireRequest } from "../gateway/wire.js";
import { openJournal, type JournalEntry } from "../journal/journal.js";
import { handle, refusalAnswer } from "../machine/handle.js";
import type { Moment } from "../call/request.js";
import { settle } from "../operations/settle.js";
import { refuse, Refusal } from "../rules/refuse.js";
import { createWorld } from "../world/load.js";
import type { World, WorldInput } from "../world/schema.js";
import { momentText, parseMoment } from "../world/time.js";
import { createClock, type ClockKind } from "./clock.js";
import { timeFollowers, type Followers } from "./followers.js";
import { milliseconds } from "./duration.js";
import type { SimulationState } from "./savedState.js";
import { shownCalls, statusOf, type Status } from "./status.js";
import { answerPlay, faultPlay, type Play } from "./play.js";

export interface SimulationOptions {
  readonly world?: WorldInput | undefined;
  /** Goes on from here; `world` counts for nothing then. */
  readonly resume?: SimulationState | undefined;
  /** Names beside loopback under which it answers. */
  readonly hosts?: ReadonlySet<string> | undefined;
  readonly clock?: ClockKind | undefined;
  readonly speed?: number | undefined;
  /** One line for people per call. */
  readonly log?: ((line: string) => void) | undefined;
  /** One line of JSON per call. */
  readonly writeJournal?: ((line: string) => void) | undefined;
}

/** What a test or a person does to the simulation from outside the RDS API. */
export interface Control {
  /** The whole world as it is now. */
  world(): World;
  /** Replaces the world; its `now` becomes the time. @throws WorldError with every problem */
  setWorld(world: WorldInput): void;
  /** Every RDS call in order. */
  journal(): readonly JournalEntry[];
  clearJournal(): void;
  faults(): readonly Fault[];
  /** @throws Error with a sentence about what is wrong with the rule */
  addFault(rule: FaultRule): Fault;
  clearFaults(): void;
  /** Moves virtual time: "10m", or milliseconds. @returns the new time */
  advance(duration: string | number): string;
  /** The world without its secrets, what runs and how far it is, the last calls: what the status page shows. */
  status(): Status;
  /** Back to the world it was started with, and to its time. Faults and journal stay. */
  reset(): void;
}

export interface Simulation {
  readonly call: (wire: WireRequest) => Play;
  readonly control: Control;
  readonly followers: Followers;
  /** Everything that goes on after an end. Its parts are the same objects as long as nothing changed. */
  readonly state: () => SimulationState;
}

/** What is served, the same on every port. */
export interface Served {
  readonly simulation: Simulation;
  /** Names beside loopback under which it answers. */
  readonly hosts: ReadonlySet<string>;
  /** Ends when nothing that happened so far can be lost any more; absent where nothing is kept. */
  readonly saved: (() => Promise<void>) | undefined;
  /** PEM; what clients of the HTTPS port have to trust. */
  readonly certificate: string | undefined;
}

/** The parts that change, and nothing of HTTP: world, clock, faults, journal, used nonces. */
export function createSimulation(options: SimulationOptions): Simulation {
  const realNow = () => Date.now();
  const { resume, hosts = new Set<string>() } = options;
  const first = resume?.start ?? createWorld(options.world ?? {}, realNow());
  let world = resume?.world ?? first;
  let faults: readonly Fault[] = resume?.faults ?? [];
  const clock = createClock(options.clock ?? "real", options.speed ?? 1, parseMoment(world.now), realNow);
  const followers = timeFollowers(clock, options.speed ?? Infinity);
  const nonces = rememberNonces(2 * clockWindowMs);
  const rate = countCalls();
  const journal = openJournal(options.writeJournal ?? (() => undefined));

  const moment = (): Moment => ({
    now: clock.now(),
    stepped: clock.kind === "stepped",
    realNow: realNow(),
  });

  function admit(wire: WireRequest, asked: Asked): string {
    checkHost(wire.headers, hosts);
    checkPage(wire.headers);
    checkAddress(wire);
    const accessKeyId = signIn(world, wire, asked, nonces, realNow());
    const limit = clock.kind === "real" ? world.service.callsPerSecond : 0;
    if (rate.exceeds(`${accessKeyId} ${asked.action ?? ""}`, limit, realNow())) throw refuse(throttled);
    return accessKeyId;
  }

  function carryOut(asked: Asked, accessKeyId: string, context: CallContext): Play {
    const { action = "", version, params } = asked;
    const { requestId, host, format } = context;
    const result = handle(world, { action, version, params, accessKeyId, requestId, host }, moment());
    world = result.world;
    return answerPlay(result.answer, format);
  }

  function play(wire: WireRequest, asked: Asked, requestId: string): Play {
    const host = wire.headers["host"] ?? "rds.aliyuncs.com";
    const context: CallContext = { requestId, host, format: answerFormat(wire, asked) };
    try {
      const accessKeyId = admit(wire, asked);
      const decision = decideFault(faults, asked.action ?? "");
      faults = decision.faults;
      const carry = () => carryOut(asked, accessKeyId, context);
      if (decision.then === undefined) return carry();
      const played = faultPlay(decision.then, context, carry);
      // Nothing happened: the same request may come again.
      if (played.drop === "before" && accessKeyId !== "") nonces.takeBack();
      return played;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return answerPlay(refusalAnswer(world, context, error), context.format);
    }
  }

  /** Where the world's time runs faster, clients that wait for it are told, so that they need no setting of their own. */
  const pace = (now: string) =>
    clock.speed === 1 ? undefined : { "x-simulator-clock": `speed=${clock.speed}; now=${now}` };

  function call(wire: WireRequest): Play {
    const requestId = randomUUID().toUpperCase();
    const asked = readRequest(wire);
    const time = momentText(clock.now());
    const played = play(wire, asked, requestId);
    const entry: JournalEntry = {
      time,
      action: asked.action ?? "",
      parameters: asked.params,
      status: played.status,
      ...(played.code === undefined ? {} : { code: played.code }),
      requestId,
      ...(played.fault === undefined ? {} : { fault: played.fault }),
    };
    journal.add(entry);
    options.log?.(logLine(entry));
    return { ...played, headers: { ...played.headers, "x-acs-request-id": requestId, ...pace(time) } };
  }

  const control: Control = {
    world() {
      world = settle(world, moment());
      return { ...world, now: momentText(clock.now()) };
    },
    setWorld(document) {
      world = createWorld(document, clock.now());
      clock.restart(parseMoment(world.now));
    },
    journal: () => journal.entries(),
    clearJournal: () => {
      journal.clear();
    },
    faults: () => faults,
    addFault(rule) {
      faults = addFault(faults, readFaultRule(rule));
      const added = faults.at(-1);
      if (added === undefined) throw new Error("The fault rule was lost.");
      return added;
    },
    clearFaults() {
      faults = [];
    },
    advance(duration) {
      clock.advance(milliseconds(duration));
      return momentText(clock.now());
    },
    status() {
      world = settle(world, moment());
      const calls = journal.latest(shownCalls);
      return statusOf({ world, moment: moment(), clock, calls, faults });
    },
    reset() {
      world = first;
      clock.restart(parseMoment(first.now));
    },
  };
  return { call, control, followers, state: () => ({ start: first, world, now: clock.now(), faults }) };
}

interface CallContext {
  readonly requestId: string;
  /** As the client addressed it. */
  readonly host: string;
  readonly format: AnswerFormat;
}

function logLine(entry: JournalEntry): string {
  const { time, action, parameters, status, requestId } = entry;
  const instance = word(parameters["DBInstanceId"]);
  const fault = entry.fault === undefined ? "" : ` [fault: ${entry.fault}]`;
  const line = `${time} ${action || "(no action)"}${instance} ${status}${word(entry.code)} ${requestId}${fault}`;
  // Whatever a client puts into these must not break the one line.
  return line.replaceAll(/[\x00-\x1f\x7f]/g, "?");
}

const word = (text = "") => (text === "" ? "" : ` ${text}`);
