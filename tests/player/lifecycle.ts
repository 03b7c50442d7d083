import { check } from "../../provider/src/lifecycle/check";
import { create } from "../../provider/src/lifecycle/create";
import { deleteCopy } from "../../provider/src/lifecycle/delete";
import { diff } from "../../provider/src/lifecycle/diff";
import { read } from "../../provider/src/lifecycle/read";
import { update } from "../../provider/src/lifecycle/update";
import type { RdsApi } from "../../provider/src/rds/rdsApi";
import type { Clock } from "../../provider/src/time/clock";

/** The parts of the lifecycle that the player works with, so that doubles with planted bugs can stand in. */
export interface Lifecycle {
  readonly check: typeof check;
  readonly create: typeof create;
  readonly update: typeof update;
  readonly read: typeof read;
  readonly deleteCopy: typeof deleteCopy;
  readonly diff: typeof diff;
  /** What stands between the lifecycle and the cloud. */
  seenThrough(rds: RdsApi, clock: Clock): RdsApi;
}

export const realLifecycle: Lifecycle = {
  check,
  create,
  update,
  read,
  deleteCopy,
  diff,
  seenThrough: (rds) => rds,
};
