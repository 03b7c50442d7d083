/** An answer, however it came. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** How the answer of an endpoint differs from the simulator's, as sentences; values do not matter, but codes do. */
export function differences(service: Answered, simulator: Answered): string[] {
  if (service.status !== simulator.status || codeOf(service) !== codeOf(simulator))
    return [`answers ${named(service)}, the simulator ${named(simulator)}`];
  const there = shapeOf(service.body);
  const here = shapeOf(simulator.body);
  return [...new Set([...there.keys(), ...here.keys()])].sort().flatMap((path) => {
    const [theirs, ours] = [there.get(path), here.get(path)];
    if (sameType(theirs, ours) || isUnderEmptyList(path, there) || isUnderEmptyList(path, here)) return [];
    if (theirs === undefined) return [`${path}: the simulator sends a ${String(ours)}, the service nothing`];
    if (ours === undefined) return [`${path}: the service sends a ${theirs}, the simulator nothing`];
    return [`${path}: the service sends a ${theirs}, the simulator a ${ours}`];
  });
}

export const codeOf = ({ status, body }: Answered): string | undefined => {
  const code = (body as { Code?: unknown } | null)?.Code;
  return status !== 200 && typeof code === "string" ? code : undefined;
};

const named = (answer: Answered) => `${answer.status} ${codeOf(answer) ?? ""}`.trim();

/** Each path with the type that stands there; entries of a list are one path, `Items.Backup[]`. */
function shapeOf(body: unknown): Map<string, string> {
  const shape = new Map<string, string>();
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) {
      shape.set(path, value.length === 0 && !shape.has(`${path}[]`) ? "empty list" : "list");
      for (const entry of value) walk(entry, `${path}[]`);
    } else if (typeof value === "object" && value !== null) {
      shape.set(path, "object");
      for (const [name, inner] of Object.entries(value)) walk(inner, path === "" ? name : `${path}.${name}`);
    } else shape.set(path, value === null ? "null" : typeof value);
  };
  walk(body, "");
  return shape;
}

/** An empty list is a list. */
const sameType = (one = "", other = ""): boolean => one.replace("empty ", "") === other.replace("empty ", "");

/** What the entries of an empty list look like is not known. */
function isUnderEmptyList(path: string, shape: ReadonlyMap<string, string>): boolean {
  for (const [list, type] of shape) {
    if (type === "empty list" && path.startsWith(`${list}[]`)) return true;
  }
  return false;
}
