import type { Moment } from "../call/request.js";
import type { Operation } from "../world/schema.js";
import { parseMoment } from "../world/time.js";
import { kinds } from "./kinds.js";

/** How much of an operation is done, 0 to 1. */
export function shareDone(operation: Operation, moment: Moment): number {
  if (moment.stepped === true) return Math.min(1, operation.looks / kinds[operation.kind].looks);
  if (operation.seconds === 0) return 1;
  const passed = (moment.now - parseMoment(operation.started)) / 1000;
  return Math.min(1, Math.max(0, passed / operation.seconds));
}

/** When the given share of it was done: the very moment, however late somebody looks. */
export const momentOfShare = (operation: Operation, share: number, moment: Moment): number =>
  moment.stepped === true ? moment.now : parseMoment(operation.started) + share * operation.seconds * 1000;
