import * as pulumi from "@pulumi/pulumi";

/** Whether `pulumi.runtime.setMocks` stands in for the engine. */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/**
 * The answer of `pulumi.runtime.setMocks`, if mocks are set: their `call` is asked for this token, and
 * nobody asks the cloud.
 */
export async function mockedAnswer(
  token: string,
  args: object,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!isMocked()) return undefined;
  return (await pulumi.runtime.invoke(token, { ...args })) as Readonly<Record<string, unknown>>;
}
