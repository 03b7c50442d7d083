import type { RestorePointChoice } from "../../provider/src/copy/restorePoint";
import type { Found, TaskTrace } from "../../provider/src/ownership/evidence";
import { markOn } from "../../provider/src/ownership/evidence";
import { nameHash, sourceKey, type CopySource, type Intent } from "../../provider/src/ownership/intent";
import type { DatabaseRecord, Records } from "../../provider/src/ownership/record";
import type { Saying } from "../../provider/src/ownership/sayings";
import { CallFailed, type Answers, type Call, type Calls } from "../../provider/src/reconcile/calls";
import type {
  Context,
  DestroyEnd,
  PreviewEnd,
  ReconcileEnd,
  RefreshEnd,
  Wanted,
} from "../../provider/src/reconcile/operation";
import { preview } from "../../provider/src/reconcile/preview";
import { reconcile } from "../../provider/src/reconcile/reconcile";
import { refresh } from "../../provider/src/reconcile/refresh";
import { destroy } from "../../provider/src/reconcile/replace";
import {
  clone,
  isMark,
  numberOf,
  pointOf,
  type Configuration,
  type ModelDatabase,
  type ModelMark,
  type ModelTag,
  type ModelWant,
  type Op,
  type OpResult,
  type PendingCall,
  type Said,
} from "./world";

/*
 * The product's own generators, with the words of the model: restore points are numbers, intents name their databases.
 * An operation is kept as the answers that it was given, and replayed up to its next call.
 */

const source: CopySource = { instanceId: "source", syncUserPrivilege: false };

type AnyEnd = ReconcileEnd | DestroyEnd | RefreshEnd | PreviewEnd;

/** Answers that depend on nothing but the state: given at once, and not kept apart. */
export interface Immediate {
  newId(): string;
  declaredElsewhere(name: string): string | undefined;
  judged(verdicts: Extract<Call, { readonly call: "judged" }>["verdicts"]): void;
  say(said: Said): void;
}

/** Runs an operation on to its next call that the world answers, or to its end. */
export function settle(op: Op, want: ModelWant, cfg: Configuration, immediate: Immediate): void {
  const operation = generatorOf(op, want, cfg);
  let step = operation.next();
  let at = 0;
  const kept = (fresh: () => unknown) => {
    if (at === op.answers.length) op.answers.push(fresh());
    return op.answers[at++];
  };
  /** What was said before the last answer was given was said already. */
  const isNew = () => at === op.answers.length;
  while (!step.done) {
    const call = step.value;
    switch (call.call) {
      case "newId":
        step = operation.next(kept(() => immediate.newId()));
        break;
      case "declaredElsewhere":
        step = operation.next(kept(() => immediate.declaredElsewhere(call.name) ?? null) ?? undefined);
        break;
      case "now":
        step = operation.next(0);
        break;
      case "unlock":
        if (isNew()) op.isLocked = false;
        step = operation.next();
        break;
      case "judged":
        if (isNew()) immediate.judged(call.verdicts);
        step = operation.next();
        break;
      case "say":
        if (isNew()) for (const said of saidIn(call.saying)) immediate.say(said);
        step = operation.next();
        break;
      case "databases":
      case "tags":
      case "lookAhead":
      case "tasks":
      case "writeIntent":
      case "eraseIntent":
      case "copy":
      case "mark":
      case "drop": {
        if (isNew()) {
          op.pending = pendingOf(call, cfg);
          return;
        }
        const answer = op.answers[at++];
        step =
          answer === "noAnswer"
            ? operation.throw(new CallFailed("no answer"))
            : operation.next(answerTo(call, answer));
      }
    }
  }
  op.isLocked = false;
  op.pending = undefined;
  op.result = resultOf(step.value);
  if ("reasons" in step.value) {
    for (const saying of step.value.reasons) for (const said of saidIn(saying)) immediate.say(said);
  }
}

function generatorOf(op: Op, want: ModelWant, cfg: Configuration): Calls<AnyEnd> {
  const { res } = op;
  const records: Records = op.kind === "create" ? {} : clone(res?.dbs ?? {});
  const marksOn = want.marks ?? cfg.marksOn;
  const ctx: Context = { rules: cfg.rules, marksOn, own: op.urn, records, source };
  const hadMarks = res?.want.marks ?? cfg.marksOn;
  const saved: Context = { ...ctx, marksOn: hadMarks, own: res?.owner ?? op.urn };
  const wanted = wantedOf(want, marksOn);
  switch (op.kind) {
    case "create":
    case "update":
      return reconcile(ctx, wanted);
    case "replace":
      return destroy({ ...saved, marksOn: hadMarks || marksOn }, wanted);
    case "delete":
      return destroy({ ...saved, declared: res?.want.names ?? [] });
    case "refresh":
      return refresh(saved);
    case "preview":
      return preview(ctx, wanted, op.isReplacement ? { kind: "replacement" } : { kind: "change" });
  }
}

export function wantedOf(
  { names, pin, claim = [], adopt = false, retain = false }: ModelWant,
  marksOn: boolean,
): Wanted {
  return { names: namesOf(names), choice: choiceOf(pin), claim, adopt, retain, marksOn };
}

export function namesOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

export function choiceOf(pin: number | undefined): RestorePointChoice {
  return pin === undefined ? { kind: "latest" } : { kind: "backup", backupId: String(pin) };
}

type AskedCall = Exclude<
  Call,
  { readonly call: "newId" | "declaredElsewhere" | "now" | "unlock" | "judged" | "say" }
>;

function pendingOf(call: AskedCall, cfg: Configuration): PendingCall {
  switch (call.call) {
    case "databases":
      return {
        call: "databases",
        ...(call.wait ? { wait: call.wait } : {}),
        ...(call.lock ? { lock: true } : {}),
      };
    case "tags":
      return { call: "tags" };
    case "lookAhead":
      return {
        call: "lookAhead",
        ...(call.choice.kind === "backup" ? { pin: Number(call.choice.backupId) } : {}),
      };
    case "tasks":
      return { call: "tasks", name: call.name, ...(call.window ? { id: call.id } : {}) };
    case "writeIntent":
      return { call: "writeIntent", intent: tagOf(call.intent, cfg) };
    case "eraseIntent":
      return { call: "eraseIntent", id: call.intent.id, owner: call.intent.owner };
    case "copy":
      return { call: "copy", id: call.id, point: numberOf(call.point), names: Object.values(call.names) };
    case "mark": {
      const { name, mark, isClaim } = call;
      return {
        call: "mark",
        name,
        mark: { owner: mark.owner, id: mark.id, point: numberOf(mark.point) },
        claims: isClaim,
      };
    }
    case "drop":
      return { call: "drop", name: call.name, id: call.id };
  }
}

/** The product's form of an answer that the model keeps. */
function answerTo(call: AskedCall, kept: unknown): Answers[AskedCall["call"]] {
  const word = typeof kept === "string" ? kept : "";
  switch (call.call) {
    case "databases": {
      const { timedOut = false, ...list } = kept as { timedOut?: boolean } & Record<string, Listed | null>;
      const databases = Object.entries(list).flatMap(([name, one]) => (one ? [foundOf(name, one)] : []));
      return { databases, timedOut };
    }
    case "tags":
      if (word === "unreadable") return { state: "denied", reason: "no permission" };
      return { state: "read", intents: (kept as ModelTag[]).map(intentOf), keys: [] };
    case "lookAhead": {
      if (word === "unknown") return { state: "unknown", reasons: ["no answer"] };
      const listed = [...(kept as number[])].sort((a, b) => b - a).map(pointOf);
      const { choice } = call;
      if (choice.kind !== "backup") {
        return listed.length > 0
          ? { state: "free", points: listed }
          : { state: "refused", reasons: ["no backup"] };
      }
      const points = listed.filter((point) => point.kind === "backup" && point.backupId === choice.backupId);
      return points.length > 0
        ? { state: "free", points }
        : { state: "refused", reasons: ["no such backup"] };
    }
    case "tasks":
      return word as TaskTrace;
    case "writeIntent":
      return word === "done" ? { state: "done" } : { state: "denied", reason: "no permission" };
    case "copy":
      switch (word) {
        case "accepted":
          return { state: "accepted", requestId: "r" };
        case "refused":
          return { state: "refused", reason: "refused", isNotInBackup: false };
        case "duplicate":
          return { state: "duplicate", reason: "duplicate" };
        case "later":
          return { state: "later", reason: "busy" };
        default:
          return { state: "lost", reason: "lost" };
      }
    case "eraseIntent":
    case "mark":
    case "drop":
      if (word === "done" || word === "notFound") return { state: word };
      return { state: word === "later" ? "later" : "denied", reason: word };
  }
}

interface Listed {
  readonly status: Exclude<ModelDatabase["status"], "hidden">;
  readonly mark: ModelDatabase["mark"];
}

const statusTexts = { creating: "Creating", running: "Running", deleting: "Deleting" } as const;

function foundOf(name: string, { status, mark }: Listed): Found {
  const shown = isMark(mark) ? { owner: mark.owner, id: mark.id, point: pointOf(mark.point) } : mark;
  return { name, status, statusText: statusTexts[status], mark: shown };
}

function intentOf({ id, owner, phase, point, names }: ModelTag): Intent {
  return {
    id,
    owner,
    phase,
    time: 0,
    point: pointOf(point),
    source: noPairs,
    names: names.map(hashOf),
  };
}

const noPairs = sourceKey(source, []);
const hashes = new Map<string, string>();

function hashOf(name: string): string {
  const hash = hashes.get(name) ?? nameHash(name);
  hashes.set(name, hash);
  return hash;
}

function tagOf({ id, owner, phase, point, names }: Intent, cfg: Configuration): ModelTag {
  return {
    id,
    owner,
    phase,
    point: numberOf(point),
    names: cfg.names.filter((name) => names.includes(hashOf(name))),
  };
}

function resultOf(end: AnyEnd): OpResult {
  const why = "reasons" in end && end.reasons[0] ? { why: whyOf(end.reasons[0]) } : {};
  const dbs = "records" in end ? { dbs: kept(end.records) } : {};
  return { end: end.end, ...why, ...dbs };
}

/** The records as the model saves them: without what people see, which no verdict reads. */
function kept(records: Records): Records {
  return Object.fromEntries(
    Object.entries(records).map(([name, record]): [string, DatabaseRecord] => {
      const status = record.status === "Foreign" ? { status: "Foreign" } : {};
      if (record.phase === "adopted") return [name, { phase: "adopted", target: name, ...status }];
      const { phase, id, point, from, unmarked } = record;
      const more = { ...(from ? { from } : {}), ...(unmarked ? { unmarked } : {}), ...status };
      return [name, { phase, id, point, target: name, ...more }];
    }),
  );
}

/** Why an operation did not succeed, in the model's words. */
function whyOf({ kind }: Saying): string {
  const words: Partial<Record<Saying["kind"], string>> = {
    refused: "taken",
    tagsUnreadable: "tags",
    tagsDenied: "tags",
    copyBlocked: "noBackup",
    noRestorePoint: "noBackup",
  };
  return words[kind] ?? kind;
}

/** The kinds of sayings that name a database so that it is not forgotten. */
const naming = new Set<Saying["kind"]>([
  "refused",
  "foreign",
  "left",
  "neverAppeared",
  "maybeOrphan",
  "adopted",
  "unmarked",
]);

function saidIn(saying: Saying): Said[] {
  if (!naming.has(saying.kind) || !("name" in saying)) return [];
  const why = "why" in saying ? { why: saying.why } : {};
  const id = "id" in saying && saying.id !== undefined ? { id: saying.id } : {};
  const other = "isOtherPoint" in saying ? { isOtherPoint: true } : {};
  return [{ what: saying.kind, name: saying.name, ...why, ...id, ...other }];
}

export function markOf(found: Found | undefined): ModelMark | undefined {
  const mark = markOn(found);
  return mark && { owner: mark.owner, id: mark.id, point: numberOf(mark.point) };
}
