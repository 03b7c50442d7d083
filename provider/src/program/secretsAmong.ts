import * as pulumi from "@pulumi/pulumi";

/**
 * Which inputs are secrets. Their values reach the provider in clear, so it has to be told what else must not
 * be read in the state.
 */
export async function secretsAmong(inputs: Readonly<Record<string, unknown>>): Promise<string[] | undefined> {
  const names = await Promise.all(
    Object.entries(inputs).map(async ([name, value]) => {
      // An input that fails is reported where it is used, once.
      const isSecret = await pulumi.isSecret(pulumi.output(value)).catch(() => false);
      return isSecret ? [name] : [];
    }),
  );
  const secrets = names.flat();
  return secrets.length > 0 ? secrets : undefined;
}
