import assert from "node:assert/strict";
import { retryBackoff } from "../../../../provider/src/time/backoff";

describe("retryBackoff", () => {
  it("doubles from one second to one minute", () => {
    const backoff = retryBackoff();
    const delays = Array.from({ length: 9 }, () => backoff.next());
    assert.deepEqual(delays, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("waits as long as the service asks, and at least as long as without being asked", () => {
    const backoff = retryBackoff();
    assert.equal(backoff.next(5000), 5000);
    assert.equal(backoff.next(5), 2000);
    assert.equal(backoff.next(90_000), 90_000);
  });

  it("begins anew for everybody", () => {
    retryBackoff().next();
    assert.equal(retryBackoff().next(), 1000);
  });
});
