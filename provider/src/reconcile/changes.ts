import { afterBlock, askBusy } from "../copy/instanceBlock";
import { toCopyRestorePoint } from "../copy/restorePoint";
import { intentKey, intentValue, safeTags, type CopySource } from "../ownership/intent";
import { markText } from "../ownership/mark";
import { databaseNotInBackupCode, duplicateNameCode, instanceGoneCodes, RdsFailure } from "../rds/failure";
import { callUntil, failureRow, type Situation } from "../rds/failurePolicy";
import { nextStep } from "../rds/nextStep";
import type { RdsApi } from "../rds/rdsApi";
import { steadyPace } from "../time/backoff";
import { CallFailed, type Call, type ChangeAnswer, type CopyAnswer, type WriteIntentAnswer } from "./calls";
import type { Looks } from "./looks";
import type { Host } from "./host";

type CallOf<Name extends Call["call"]> = Extract<Call, { readonly call: Name }>;

/** The calls of one operation that change the target. A failed one becomes an answer by its kind. */
export interface Changes {
  copy(call: CallOf<"copy">): Promise<CopyAnswer>;
  mark(call: CallOf<"mark">): Promise<ChangeAnswer>;
  drop(call: CallOf<"drop">): Promise<ChangeAnswer>;
  writeIntent(call: CallOf<"writeIntent">): Promise<WriteIntentAnswer>;
  eraseIntent(call: CallOf<"eraseIntent">): Promise<ChangeAnswer>;
}

export interface Changed {
  readonly rds: RdsApi;
  readonly instanceId: string;
  readonly source: CopySource;
  readonly deadline: number;
}

export function changesOf({ rds, instanceId, source, deadline }: Changed, looks: Looks, host: Host): Changes {
  const { clock, locks, signal, report } = host;
  /** Keys of tags that this operation has written. */
  const written = new Set<string>();
  const rows = { copy: failureRow("copy", clock), drop: failureRow("drop", clock) };

  /** `later` as long as failures of this kind are borne; then a definite no. */
  async function declined(row: keyof typeof rows, failure: RdsFailure, instanceIds: readonly string[]) {
    const { block, status } = failure.kind === "busy" ? await askBusy(rds, instanceIds) : {};
    if (block) return { isFinal: true, reason: `${block} ${failure.message} ${afterBlock}` };
    const delay = rows[row].retryAfter(failure);
    if (delay !== undefined) looks.retryIn(delay);
    const isFinal = delay === undefined;
    const said = status === undefined ? failure.message : `${status} ${failure.message}`;
    return { isFinal, reason: isFinal ? `${said} ${nextStep(rds, failure)}` : said };
  }

  const patiently = <T>(situation: Situation, call: () => Promise<T>) =>
    callUntil(call, { situation, clock, signal, deadline });

  /** The keys of the tags that leave no room for this one; none if it exists already. */
  async function inTheWay(key: string, asOf: number): Promise<readonly string[]> {
    if (written.has(key)) return [];
    const keys = Object.keys(await patiently("read", () => rds.listTags(instanceId, asOf)));
    return keys.length < safeTags || keys.some((one) => one.toLowerCase() === key) ? [] : keys;
  }

  return {
    async copy({ point, names }) {
      try {
        const { requestId } = await rds.copyDatabases({
          sourceDbInstanceId: source.instanceId,
          targetDbInstanceId: instanceId,
          names,
          restorePoint: toCopyRestorePoint(point),
          syncUserPrivilege: source.syncUserPrivilege,
        });
        rows.copy.end();
        looks.requested(true);
        return { state: "accepted", requestId };
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        const { code, kind, message, requestId } = error;
        if (code === duplicateNameCode) return { state: "duplicate", reason: message };
        if (kind === "unknown") {
          looks.requested(false);
          return { state: "lost", reason: message, requestId };
        }
        const { isFinal, reason } = await declined("copy", error, [instanceId, source.instanceId]);
        if (isFinal) return { state: "refused", reason, isNotInBackup: code === databaseNotInBackupCode };
        report.status(`waiting to request the copy again: ${reason}`);
        return { state: "later", reason };
      }
    },

    async mark({ name, mark, lineage }) {
      try {
        await rds.describeDatabaseAs(instanceId, name, markText(mark, lineage));
        return { state: "done" };
      } catch (error) {
        return answerTo(error);
      }
    },

    async drop({ name }) {
      report.status(`dropping ${name}`);
      try {
        await rds.deleteDatabase(instanceId, name);
        rows.drop.end();
        return { state: "done" };
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        // Not found is borne, too: what exists is for a look to say.
        const { isFinal, reason } = await declined("drop", error, [instanceId]);
        return { state: isFinal ? "denied" : "later", reason };
      }
    },

    async writeIntent({ intent, wait }) {
      const key = intentKey(intent.id);
      const began = clock.now();
      // All that wait for room look at the same moments, and one answer serves them until one of them takes it.
      for (let due = began - recentMs; ;) {
        const release = looks.isLocked() ? undefined : await locks.acquire(instanceId);
        try {
          const keys = await inTheWay(key, due);
          if (keys.length === 0) {
            await patiently("write", () => rds.tagInstance(instanceId, key, intentValue(intent)));
            written.add(key);
            return { state: "done" };
          }
          if (!wait || clock.now() >= deadline) return { state: "full", keys };
        } catch (error) {
          const answer = answerTo(error);
          if (answer.state === "denied") return answer;
          throw new CallFailed(reasonOf(error), isInstanceUnknown(error));
        } finally {
          release?.();
        }
        report.status(`waiting for room for a tag on ${instanceId}`);
        const now = clock.now();
        due = Math.min(now + steadyPace(now - began, now), deadline);
        await clock.sleep(due - now, signal);
        if (signal?.aborted) throw new CallFailed("The run was cancelled.");
      }
    },

    async eraseIntent({ intent }) {
      // Rule 7: nothing comes between a look and the change that follows it.
      const release = looks.isLocked() ? undefined : await locks.acquire(instanceId);
      try {
        await patiently("write", () => rds.untagInstance(instanceId, intentKey(intent.id)));
        return { state: "done" };
      } catch (error) {
        return answerTo(error);
      } finally {
        release?.();
      }
    },
  };

  function answerTo(error: unknown): ChangeAnswer & { readonly state: "notFound" | "denied" | "later" } {
    if (!(error instanceof RdsFailure)) throw error;
    switch (error.kind) {
      case "notFound":
        return { state: "notFound" };
      case "refused":
      case "denied":
      case "signIn":
        return { state: "denied", reason: reasonOf(error) };
      case "busy":
      case "throttled":
      case "unreachable":
      case "unknown":
        return { state: "later", reason: error.message };
    }
  }

  function reasonOf(error: unknown): string {
    if (!(error instanceof RdsFailure)) throw error;
    return `${error.message} ${nextStep(rds, error)}`;
  }
}

/** How old the list of tags may be that says whether there is room: what this process has changed since makes it unfit (sharedReads.ts). */
const recentMs = 10_000;

function isInstanceUnknown(error: unknown): boolean {
  return error instanceof RdsFailure && instanceGoneCodes.has(error.code);
}
