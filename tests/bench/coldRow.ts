import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { openStage } from "../engine/harness/stage";
import { asAtUsers, fleetWorld, programByHand, writeFleet, type Kind } from "./fleet";
import type { Measure, Row } from "./row";
import { upUntil } from "./upUntil";

/**
 * From the start of the CLI to the first copy that the service has accepted, on a stack without resources. The floor is the
 * first request of a provider that loads no SDK: what is before it is the engine's.
 */
export const cold: Row = {
  name: "cold",
  about:
    "from the start of pulumi up to the first copy, ours and written by hand, with slow answers and fast ones",
  async run({ rounds, say }) {
    const measures: Measure[] = [];
    for (const delayMs of [60, 0]) {
      const all: { floor: number; ours: Begun; rival: Begun }[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const floor = await toFirstRequest();
        const rival = await toFirstCopy("rival", delayMs);
        const ours = await toFirstCopy("ours", delayMs);
        all.push({ floor, ours, rival });
        say(
          `${delayMs} ms per answer, ${round}: floor ${floor.toFixed(2)} s; ours ${ours.seconds.toFixed(2)} s, ` +
            `${ours.calls} calls; rival ${rival.seconds.toFixed(2)} s, ${rival.calls} calls`,
        );
      }
      const at = delayMs === 0 ? "on loopback" : `with ${delayMs} ms per answer`;
      measures.push(
        {
          what: `cold up ${at}: (our first copy - floor) / (the one by hand - floor), time waited`,
          unit: "times",
          values: all.map(({ floor, ours, rival }) => (ours.seconds - floor) / (rival.seconds - floor)),
          ...(delayMs === 0 ? {} : { goal: { most: 0.5 }, because: asked }),
        },
        {
          what: `cold up ${at}: our first copy - floor, time waited`,
          unit: "s",
          values: all.map(({ floor, ours }) => ours.seconds - floor),
        },
        {
          what: `cold up ${at}: first copy by hand - floor, time waited`,
          unit: "s",
          values: all.map(({ floor, rival }) => rival.seconds - floor),
        },
      );
      if (delayMs > 0)
        measures.push(
          {
            what: "cold up: calls up to the first copy, and that one",
            unit: "calls",
            values: all.map(({ ours }) => ours.calls),
            goal: { most: 9 },
            because: asked,
          },
          {
            what: "cold up: calls one after the other up to the first copy, and that one",
            unit: "deep",
            values: all.map(({ ours }) => ours.deep),
            goal: { most: 4 },
            because: asked,
          },
        );
    }
    return measures;
  },
};

const asked =
  "instances, databases, tags, backups and encryption are asked about before anything is changed, and the intent is written before the copy (docs/ownership.md)";

interface Begun {
  readonly seconds: number;
  readonly calls: number;
  readonly deep: number;
}

async function toFirstCopy(kind: Kind, delayMs: number): Promise<Begun> {
  const one = { resources: 1, targets: 1 };
  await using stage = await openStage({ ...asAtUsers, world: fleetWorld(one, { seconds: 3600 }) });
  await writeFleet(stage, kind, one);
  if (delayMs > 0) stage.simulator.addFault({ action: "*", then: { delayMs } });
  const moments: number[] = [];
  for (let nth = 1; nth <= 50; nth += 1)
    stage.onceCalled({ nth }, () => {
      moments.push(performance.now());
    });
  const copied = new Promise<number>((resolve) =>
    stage.onceCalled({ action: "CopyDatabaseBetweenInstances", nth: 1 }, (calls) => resolve(calls)),
  );
  const began = performance.now();
  const calls = await upUntil(stage, () => copied);
  const seconds = ((moments[calls - 1] ?? NaN) - began) / 1000;
  return { seconds, calls, deep: deepest(moments.slice(0, calls), delayMs) };
}

/** How many came one after the other: each of these could have been sent after the answer of the one before. */
function deepest(moments: readonly number[], answeredAfterMs: number): number {
  let deep = 0;
  let answered = -Infinity;
  for (const moment of moments) {
    if (moment < answered) continue;
    deep += 1;
    answered = moment + 0.9 * answeredAfterMs;
  }
  return deep;
}

async function toFirstRequest(): Promise<number> {
  await using stage = await openStage({ ...asAtUsers, world: { instances: [] } });
  const server = createServer((_request, answer) => answer.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const requested = once(server, "request").then(() => performance.now());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await programByHand(stage, "nothing", `new byHand.Nothing("nothing", { text: "nothing", url: "${url}" });`);
  const began = performance.now();
  const asked = await upUntil(stage, () => requested);
  server.close();
  server.closeAllConnections();
  return (asked - began) / 1000;
}
