import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { isLoopback } from "./loopback.js";
import type { WireRequest } from "./wire.js";

type Headers = WireRequest["headers"];

/**
 * Refuses a name that is neither loopback nor one of the simulator's: a page whose own name was pointed at this
 * machine sends it, and could read every answer. Browsers always send one.
 *
 * @param hosts as `hostName` gives them
 * @throws Refusal
 */
export function checkHost({ host }: Headers, hosts: ReadonlySet<string>): void {
  if (host === undefined) return;
  const name = hostName(host);
  if (!isLoopback(name) && !hosts.has(name)) throw refuse(foreignHost, { values: { name } });
}

/**
 * Refuses what a browser sends for a page of another origin. The keys of a simulated world are known to everybody,
 * so a signature keeps no page out.
 *
 * @throws Refusal
 */
export function checkPage({ host = "", origin, "sec-fetch-site": site }: Headers): void {
  const ownPage =
    origin === undefined || origin.toLowerCase().replace(/^https?:\/\//, "") === host.toLowerCase();
  if (!ownPage || site === "cross-site") throw refuse(foreignPage);
}

/** A Host without its port. */
export const hostName = (host: string): string => host.replace(/:\d*$/, "").toLowerCase();

const of = { action: "gateway", basis: "documented", source: sources.simulator } as const;

const foreignHost = refusal({
  ...of,
  id: "gateway.host",
  parameter: "Host",
  code: "SimulatorForeignHost",
  status: 403,
  message: "The simulator does not answer to the name {name}. Start it with --allow-host {name}.",
  says: "A Host that is not loopback, not the address listened on and not named by --allow-host is refused: a page whose name was pointed at this machine sends its own.",
});
const foreignPage = refusal({
  ...of,
  id: "gateway.page",
  parameter: "Origin, Sec-Fetch-Site",
  code: "SimulatorForeignPage",
  status: 403,
  message: "The simulator does not answer the pages of other origins.",
  says: "What a browser sends for a page of another origin is refused: the keys of a simulated world are known to everybody.",
});
