import { readdirSync, readFileSync } from "node:fs";

/** What the processes of one run used, itself and all below it. From /proc, so on Linux only. */
export interface Used {
  /** Processor time, user and system. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * Watches until the end. The engine kills its providers, so that nobody waits for them and learns what they used: they
 * are looked at every 50 ms, and what one uses after its last look is missed, on both sides of a ratio.
 */
export async function used(pid: number, ended: Promise<unknown>): Promise<Used> {
  const began = performance.now();
  const seen = new Map<string, number>();
  const look = () => {
    for (const { id, started, ticks } of treeOf(pid)) seen.set(`${id} ${started}`, ticks);
  };
  const timer = setInterval(look, 50);
  try {
    await ended;
  } finally {
    clearInterval(timer);
  }
  const ticks = [...seen.values()].reduce((sum, one) => sum + one, 0);
  return { cpuSeconds: ticks / ticksPerSecond, wallSeconds: (performance.now() - began) / 1000 };
}

/** Memory of the process below this one that carries out dynamic resources, in MB (VmRSS); `undefined` if there is none. */
export function providerMemory(pid: number): number | undefined {
  const provider = treeOf(pid).find(({ id }) => {
    const text = textOf(id, "cmdline");
    return text?.startsWith("node") || text?.includes("/node\0") ? text.includes("dynamic-provider") : false;
  });
  const kilobytes = provider && /^VmRSS:\s+(\d+) kB$/m.exec(textOf(provider.id, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

/** `USER_HZ`, which is the same on every machine of today. */
const ticksPerSecond = 100;

interface Seen {
  readonly id: number;
  readonly parent: number;
  readonly started: string;
  readonly ticks: number;
}

function treeOf(pid: number): readonly Seen[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? seen(Number(name)) : []));
  const below = (parent: number): Seen[] =>
    all.flatMap((one) => (one.parent === parent ? [one, ...below(one.id)] : []));
  return [...all.filter(({ id }) => id === pid), ...below(pid)];
}

/** proc_pid_stat(5). The name of the command may hold spaces and brackets. */
function seen(id: number): readonly Seen[] {
  const text = textOf(id, "stat");
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields === undefined) return [];
  const [, parent] = fields;
  return [
    { id, parent: Number(parent), started: fields[19] ?? "", ticks: Number(fields[11]) + Number(fields[12]) },
  ];
}

/** `undefined` if the process has ended. */
function textOf(id: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
