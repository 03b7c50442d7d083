import { copyTrace } from "../copy/copyTasks";
import { readIntents, type CopySource } from "../ownership/intent";
import { sayer } from "../ownership/manySayings";
import type { Owner } from "../ownership/mark";
import type { AheadAnswer } from "../preflight/lookAhead";
import { instanceGoneCodes, RdsFailure } from "../rds/failure";
import { callUntil } from "../rds/failurePolicy";
import { nextStep } from "../rds/nextStep";
import { CallFailed, type Answers, type Call, type Calls, type LookAheadCall } from "./calls";
import { changesOf } from "./changes";
import { looksAt, type Watched } from "./looks";
import type { Host } from "./host";

/** What an operation works on. */
export interface Target extends Omit<Watched, "sourceInstanceId"> {
  readonly source: CopySource;
  readonly own: Owner;
  readonly urn: string | undefined;
  lookAhead(call: LookAheadCall): Promise<AheadAnswer>;
}

/** Carries an operation out: answers its calls one after the other, and ends with its result. */
export async function drive<Result>(operation: Calls<Result>, target: Target, host: Host): Promise<Result> {
  const looks = looksAt({ ...target, sourceInstanceId: target.source.instanceId }, host);
  const changes = changesOf(target, looks, host);
  const sayings = sayer(host.report, target);
  try {
    let next = operation.next();
    while (!next.done) {
      const answered = await settled(answer(next.value));
      next = "failed" in answered ? operation.throw(answered.failed) : operation.next(answered.answer);
    }
    return next.value;
  } finally {
    looks.unlock();
    sayings.end();
  }

  async function answer(call: Call): Promise<Answers[Call["call"]]> {
    const { rds, instanceId, known } = target;
    const { clock, signal, registry } = host;
    const asked = <T>(question: () => Promise<T>) =>
      callUntil(question, { situation: target.isPreview ? "preview" : "read", clock, signal });
    switch (call.call) {
      case "databases":
        return looks.databases(call);
      case "unlock":
        return looks.unlock();
      case "tags":
        return asked(() => rds.listTags(instanceId)).then(readIntents, (error: unknown) => {
          // A preview may run with fewer permissions than the run: there a denied question is one without an answer.
          if (target.isPreview || !isDefiniteNo(error)) throw error;
          return { state: "denied", reason: `${error.message} ${nextStep(rds, error)}` };
        });
      case "lookAhead":
        return target.lookAhead(call);
      case "tasks": {
        const { name, source, others, window } = call;
        const from = window ? window.from * 1000 : clock.now() - historyMs;
        const until = window ? window.until * 1000 : clock.now();
        return asked(() => copyTrace(rds, { instanceId, source, target: name, others, from, until }));
      }
      case "newId": {
        const id = host.newId();
        known.add(id);
        return id;
      }
      case "now":
        return Math.floor(clock.now() / 1000);
      case "writeIntent":
        return changes.writeIntent(call);
      case "eraseIntent":
        return changes.eraseIntent(call);
      case "copy":
        return changes.copy(call);
      case "mark":
        return changes.mark(call);
      case "drop":
        return changes.drop(call);
      case "declaredElsewhere":
        return registry.declaredElsewhere(instanceId, call.name, target.urn);
      case "judged":
        return undefined;
      case "say":
        return sayings.say(call.saying);
    }
  }
}

/** The service keeps the history of tasks for 30 days (API page of DescribeHistoryTasks). */
const historyMs = 29 * 24 * 3_600_000;

type Settled = { readonly answer: Answers[Call["call"]] } | { readonly failed: CallFailed };

/** A question without an answer ends the operation in order; a defect of ours does not pass for one. */
async function settled(answer: Promise<Answers[Call["call"]]>): Promise<Settled> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof CallFailed) return { failed: error };
    if (error instanceof RdsFailure)
      return { failed: new CallFailed(error.message, instanceGoneCodes.has(error.code)) };
    throw error;
  }
}

function isDefiniteNo(error: unknown): error is RdsFailure {
  return error instanceof RdsFailure && (error.kind === "denied" || error.kind === "refused");
}
