// Sets the clock of the process wrong, as that of a machine may be.
const aheadMs = Number(process.env.CLOCK_AHEAD_MINUTES) * 60_000;
const RightDate = Date;
globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + aheadMs);
    else super(...given);
  }
  static now() {
    return RightDate.now() + aheadMs;
  }
};
