import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

/** Without it the engine creates a replacement first, where no `diff` is asked (`replacementTrigger`, `--target-replace`). */
describe("deleteBeforeReplace of a copy", () => {
  before(async () => {
    await pulumi.runtime.setMocks(
      { newResource: ({ inputs, name }) => ({ id: name, state: inputs as object }), call: () => ({}) },
      "shop",
      "dev",
    );
  });

  async function register(opts?: pulumi.CustomResourceOptions): Promise<boolean> {
    const { runtime } = pulumi as unknown as { runtime: { getMonitor(): Monitor } };
    const monitor = runtime.getMonitor();
    const original = monitor.registerResource.bind(monitor);
    let seen: boolean | undefined;
    monitor.registerResource = (request, answer) => {
      seen = request.getDeletebeforereplace();
      original(request, answer);
    };
    try {
      const args = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] };
      const copy = new DatabaseCopy("copy", args, opts);
      await new Promise((resolve) => copy.urn.apply(resolve));
    } finally {
      monitor.registerResource = original;
    }
    return seen ?? assert.fail("nothing was registered");
  }

  it("is on, also where a wrapper passes on an option that it was not given", async () => {
    const wrapper: object = { deleteBeforeReplace: undefined };
    for (const opts of [undefined, {}, wrapper, { deleteBeforeReplace: true }])
      assert.equal(await register(opts), true);
  });

  it("is off where that is wished: the check of the provider refuses it", async () => {
    assert.equal(await register({ deleteBeforeReplace: false }), false);
  });
});

interface Monitor {
  registerResource(request: Request, answer: unknown): void;
}

interface Request {
  getDeletebeforereplace(): boolean;
}
