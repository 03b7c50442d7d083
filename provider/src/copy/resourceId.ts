/** What the id of a resource begins with in place of a target that is a secret. */
const hidden = "secret";

/** `<target>:<request>` without the target. */
export function withoutTarget(id: string): string {
  return id.replace(/^[^:]*/, hidden);
}

/** The target that an id begins with; `undefined` where it is not told. */
export function targetIn(id: string): string | undefined {
  const [target] = id.split(":");
  return target === hidden ? undefined : target;
}
