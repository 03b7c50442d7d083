import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  CommonRestorePoint,
  DatabaseCopy,
  EnvironmentDatabases,
  type DatabaseCopyArgs,
} from "pulumi-alicloud-rds-copy";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";

const args = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] };

class Alicloud extends pulumi.ProviderResource {
  constructor(name: string) {
    super("alicloud", name, {});
  }
}

/** The one sentence that a person reads: a RunError is shown without its stack. */
function sentenceOf(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    return error.message;
  }
  return assert.fail("it was declared");
}

describe("a resource that is declared in a way that cannot work", () => {
  const warnings: string[] = [];
  const { warn } = pulumi.log;

  beforeEach(async () => {
    warnings.length = 0;
    pulumi.log.warn = (line: string) => {
      warnings.push(line);
      return Promise.resolve();
    };
    await pulumi.runtime.setMocks(copyMocks());
  });
  afterEach(() => (pulumi.log.warn = warn));

  const notReached =
    "does not reach a dynamic resource. It signs in by the alicloud: configuration of the stack and the environment; give connection where it is to use another region, profile or role.";

  it("without inputs is refused in one sentence", () => {
    const missing = 'DatabaseCopy "data": the second argument must be an object with the inputs.';
    for (const none of [undefined, null, "orders", ["orders"]])
      assert.equal(
        sentenceOf(() => new DatabaseCopy("data", none as unknown as DatabaseCopyArgs)),
        missing,
      );
    assert.match(
      sentenceOf(() => DatabaseCopy.get("data", "rm-staging:1", undefined as never)),
      /^DatabaseCopy\.get "data": the second argument/,
    );
    assert.match(
      sentenceOf(() => new EnvironmentDatabases("env", undefined as never)),
      /^EnvironmentDatabases "env": the second argument/,
    );
    assert.match(
      sentenceOf(() => new CommonRestorePoint("point", undefined as never)),
      /^CommonRestorePoint "point": the second argument/,
    );
  });

  it("with inputs that are known later as a whole is refused in one sentence", () => {
    for (const later of [pulumi.output(args), Promise.resolve(args)])
      assert.match(
        sentenceOf(() => new DatabaseCopy("data", later as unknown as DatabaseCopyArgs)),
        /^DatabaseCopy "data": the inputs are not known as a whole\. Give an object whose values may be Outputs/,
      );
  });

  it("with a Date that is none is refused in one sentence", () => {
    const restoreTime = new Date("x");
    const words = /: restoreTime is a Date without a time, .* Write one such as "2026-03-01T02:00:00Z"\.$/;
    assert.match(
      sentenceOf(() => new DatabaseCopy("data", { ...args, restoreTime })),
      words,
    );
    assert.match(
      sentenceOf(
        () =>
          new EnvironmentDatabases("env", {
            sources: { shop: { dbInstanceId: "rm-prod", databases: ["orders"] } },
            targets: { qa: "rm-qa" },
            restorePoint: { restoreTime },
          }),
      ),
      words,
    );
  });

  it("with a Date that pulumi.output took apart is refused in one sentence", () => {
    const restoreTime = {} as Date;
    const words = /restoreTime is an empty object, which is what pulumi\.output .*\(date\.toISOString\(\)/;
    assert.match(
      sentenceOf(() => new DatabaseCopy("data", { ...args, restoreTime })),
      words,
    );
  });

  it("with the option provider is refused with what takes its place", () => {
    const provider = new Alicloud("prod");
    assert.equal(
      sentenceOf(() => new DatabaseCopy("data", args, { provider })),
      `DatabaseCopy "data": the option provider ${notReached}`,
    );
  });

  it("with the option replaceWith is refused with what takes its place", () => {
    const other = new DatabaseCopy("other", args);
    assert.match(
      sentenceOf(() => new DatabaseCopy("data", args, { replaceWith: [other] })),
      /^DatabaseCopy "data": the option replaceWith drops .* replacementTrigger: other\.dataVersion/,
    );
    new DatabaseCopy("more", args, { replaceWith: [] });
  });

  it("below a parent with a provider of @pulumi/alicloud is said once, unless a connection is given", async () => {
    const parent = new pulumi.ComponentResource(
      "shop:index:Shop",
      "shop",
      {},
      { providers: [new Alicloud("prod")] },
    );
    const chosen = new DatabaseCopy("chosen", { ...args, connection: { profile: "prod" } }, { parent });
    assert.deepEqual(warnings, []);
    const copy = new DatabaseCopy("data", args, { parent });
    const second = new DatabaseCopy("more", args, { parent });
    await Promise.all([valueOf(chosen.urn), valueOf(copy.urn), valueOf(second.urn)]);
    assert.deepEqual(warnings, [`DatabaseCopy "data": the alicloud provider of its parent ${notReached}`]);
    new DatabaseCopy("alone", args);
    assert.equal(warnings.length, 1);
  });
});
