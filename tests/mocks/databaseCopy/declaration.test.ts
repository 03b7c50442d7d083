import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy, type DatabaseCopyArgs } from "pulumi-alicloud-rds-copy";
import { valueOf } from "../composition/valueOf";

/** What the engine would be told of a resource that a program declares. */
async function registered(
  args: DatabaseCopyArgs,
  opts?: pulumi.CustomResourceOptions,
): Promise<{ type: string; inputs: Record<string, unknown>; copy: DatabaseCopy }> {
  const seen: { type: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, inputs, name }) {
        seen.push({ type, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: inputs as object };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
  );
  const copy = new DatabaseCopy("copy", args, opts);
  await valueOf(copy.urn);
  const [first] = seen;
  assert.ok(first);
  return { ...first, copy };
}

const args = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] };

describe("declaring a DatabaseCopy", () => {
  it("registers the permanent type, its own URN and a constant provider text, and nothing that was not given", async () => {
    const { type, inputs } = await registered(args);
    assert.equal(type, "pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy");
    assert.deepEqual(inputs, {
      ...args,
      resourceUrn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::copy",
      __provider: 'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")',
    });
  });

  it("has every output that it declares, also those of inputs that are not given", async () => {
    const { copy } = await registered(args);
    const { syncUserPrivilege, adoptExisting, preflight, ownershipMarks, timeouts, claim, connection } = copy;
    const { backupId, restoreTime, maxBackupAge, requireTargetTags, names, databases, restorePoint } = copy;
    for (const output of [
      ...[syncUserPrivilege, adoptExisting, preflight, ownershipMarks, timeouts, claim, connection],
      ...[backupId, restoreTime, maxBackupAge, requireTargetTags, names, databases, restorePoint],
    ])
      assert.ok(pulumi.Output.isInstance(output));
  });

  it("takes a restore time as a Date, a text, a promise or an Output", async () => {
    const time = "2026-03-01T02:00:00.000Z";
    for (const restoreTime of [
      new Date(time),
      time,
      Promise.resolve(new Date(time)),
      Promise.resolve(time),
      pulumi.output(time),
      pulumi.output(time).apply((text) => new Date(text)),
    ]) {
      const { inputs } = await registered({ ...args, restoreTime });
      assert.equal(inputs["restoreTime"], time);
    }
  });

  it("says of a value whether it is one", async () => {
    const { copy } = await registered(args);
    assert.equal(DatabaseCopy.isInstance(copy), true);
    for (const other of [undefined, null, "copy", {}, pulumi.output(1)])
      assert.equal(DatabaseCopy.isInstance(other), false);
  });

  it("costs no stacks for its many properties, unless leaked promises are looked for", async () => {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const framesWith = async (leaks: string | undefined) => {
      let frames = 0;
      Error.prepareStackTrace = (error, sites) => {
        frames += sites.length;
        return String(error);
      };
      if (leaks !== undefined) process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = leaks;
      try {
        await registered(args);
      } finally {
        Error.prepareStackTrace = prepareStackTrace;
        delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
      }
      assert.equal(Error.stackTraceLimit, stackTraceLimit, "others keep their stacks");
      return frames;
    };
    const [few, all] = [await framesWith(undefined), await framesWith("true")];
    assert.ok(few < all / 4, `${few} frames, ${all} with all stacks`);
  });

  it("says where, in an error of the SDK", async () => {
    await registered(args);
    assert.throws(
      () => new DatabaseCopy("", args),
      ({ message, stack }: Error) => {
        assert.match(message, /Missing resource name/);
        assert.match(stack ?? "", /^[^\n]*Missing resource name[^\n]*\n +at [^\n]*declaration\.test/);
        return true;
      },
    );
  });
});
