import * as pulumi from "@pulumi/pulumi";

/** Refuses in one sentence what the engine or JavaScript would answer with several errors or a stack trace. */
export function refuseMisdeclared(
  what: string,
  args: unknown,
  opts: { readonly provider?: unknown; readonly replaceWith?: readonly unknown[] | undefined },
): void {
  if (pulumi.Output.isInstance(args) || args instanceof Promise) {
    throw new pulumi.RunError(
      `${what}: the inputs are not known as a whole. Give an object whose values may be Outputs, such as { dbNames: settings.apply(({ names }) => names) }.`,
    );
  }
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new pulumi.RunError(`${what}: the second argument must be an object with the inputs.`);
  }
  if (opts.provider !== undefined) throw new pulumi.RunError(`${what}: the option provider ${notReached}`);
  // The engine deletes it then before it asks for anything: nothing could refuse the drop for a copy that fails.
  if (opts.replaceWith !== undefined && opts.replaceWith.length > 0)
    throw new pulumi.RunError(
      `${what}: the option replaceWith drops the databases before the new copy is certain. Give replacementTrigger: other.dataVersion (or another output of what it follows) instead.`,
    );
}

/**
 * Says so once if a parent hands down a provider of @pulumi/alicloud: the instances beside the copy use it, and the copy
 * does not. Whoever gives a connection has chosen.
 */
export function warnOfInheritedProvider(
  what: string,
  args: { readonly connection?: unknown },
  { parent }: pulumi.ResourceOptions,
): void {
  if (parent === undefined || args.connection !== undefined || warned.has(parent)) return;
  if (parent.getProvider("alicloud:index:Provider") === undefined) return;
  warned.add(parent);
  void pulumi.log.warn(`${what}: the alicloud provider of its parent ${notReached}`, parent);
}

const notReached =
  "does not reach a dynamic resource. It signs in by the alicloud: configuration of the stack and the environment; give connection where it is to use another region, profile or role.";

const warned = new WeakSet<pulumi.Resource>();

/**
 * A time as the protocol of the engine takes it, which has no dates. `pulumi.output` would take a Date apart: each form of an
 * input is met as it is.
 */
export function timeInput<T extends string | undefined>(
  what: string,
  time: pulumi.Input<T | Date>,
): pulumi.Input<T | string> {
  const text = (value: T | Date) => timeText(what, value);
  if (pulumi.Output.isInstance<T | Date>(time)) return time.apply(text);
  return time instanceof Promise ? time.then(text) : text(time);
}

function timeText<T extends string | undefined>(what: string, time: T | Date): T | string {
  if (isTakenApart(time)) {
    throw new pulumi.RunError(
      `${what}: restoreTime is an empty object, which is what pulumi.output and pulumi.secret make of a Date. Give them its text, such as pulumi.secret(date.toISOString()).`,
    );
  }
  if (!(time instanceof Date)) return time;
  if (Number.isNaN(time.getTime())) {
    throw new pulumi.RunError(
      `${what}: restoreTime is a Date without a time, as new Date("...") gives for a text that is none. Write one such as "2026-03-01T02:00:00Z".`,
    );
  }
  return time.toISOString();
}

function isTakenApart(time: unknown): boolean {
  return (
    typeof time === "object" && time !== null && !(time instanceof Date) && Object.keys(time).length === 0
  );
}
