import fc from "fast-check";
import type { RestorePoint } from "../../../provider/src/copy/restorePoint";

const base36 = (length: number) =>
  fc.string({
    unit: fc.constantFrom(..."0123456789abcdefghijklmnopqrstuvwxyz"),
    minLength: length,
    maxLength: length,
  });

export const id = base36(8);
export const owner = base36(12);
export const hash = base36(4);

export const restorePoint: fc.Arbitrary<RestorePoint> = fc.oneof(
  fc.stringMatching(/^[0-9]{1,10}$/).map((backupId) => ({ kind: "backup", backupId }) as const),
  fc
    .integer({ min: 946_684_800, max: 4_102_444_800 })
    .map((seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z"))
    .map((restoreTime) => ({ kind: "time", restoreTime }) as const),
);
