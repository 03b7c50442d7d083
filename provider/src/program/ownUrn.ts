import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource is about to get, as an input of its own.
 *
 * It is a promise and no Output: the Output's dependency on the parent counts for all children of a
 * component, so that siblings would wait for each other for ever.
 */
export function ownUrn(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
