import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** A body that comes at so many bytes a second, the first piece at once; it ends early when nobody is there any more. */
export function trickle(body: string, bytesPerSecond: number, gone: AbortSignal): Readable {
  const bytes = Buffer.from(body);
  const piece = Math.max(1, Math.round(bytesPerSecond / piecesPerSecond));
  return Readable.from(
    (async function* () {
      for (let at = 0; at < bytes.length && !gone.aborted; at += piece) {
        if (at > 0) await pause((1000 * piece) / bytesPerSecond, gone);
        yield bytes.subarray(at, at + piece);
      }
    })(),
    { objectMode: false },
  );
}

/** Waits, or less long when nobody is there any more. */
export const pause = (milliseconds: number, gone: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal: gone }).catch(() => undefined);

/** Often enough that no client takes the pauses for silence, where the speed allows it. */
const piecesPerSecond = 10;
