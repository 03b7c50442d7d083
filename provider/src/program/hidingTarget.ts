import * as pulumi from "@pulumi/pulumi";
import { withoutTarget } from "../copy/resourceId";

/** The id by which databases are read, and the inputs that go with it. */
interface Lookup<Args> {
  readonly id: pulumi.Input<pulumi.ID>;
  readonly args: Args;
}

/** An id cannot be a secret, so a target that is one is taken out of it and told as an input. */
export function hidingTarget<Args extends { readonly targetDbInstanceId?: pulumi.Input<string> }>(
  id: pulumi.Input<pulumi.ID>,
  args: Args,
): Lookup<Args> {
  const { targetDbInstanceId: target } = args;
  if (typeof id === "string" && (target === undefined || typeof target === "string")) return { id, args };
  const given = pulumi.output(id);
  const isSecretId = pulumi.isSecret(given);
  const isHidden = Promise.all([isSecretId, pulumi.isSecret(pulumi.output(target))]).then((all) =>
    all.includes(true),
  );
  return {
    id: pulumi.unsecret(given).apply(async (text) => ((await isHidden) ? withoutTarget(text) : text)),
    args:
      target === undefined
        ? {
            ...args,
            targetDbInstanceId: given.apply(async (text) =>
              (await isSecretId) ? text.split(":")[0] : undefined,
            ) as pulumi.Output<string>,
          }
        : args,
  };
}
