import assert from "node:assert/strict";
import { RdsFailure } from "../../../../provider/src/rds/failure";
import { ownRegions } from "../../../../provider/src/rds/ownRegion";
import type { InstanceFacts } from "../../../../provider/src/rds/rdsApi";
import { failures, instance } from "../scriptedRds";

/** An instance in cn-shanghai behind an endpoint that several regions share: its tags are found in its own region alone. */
function open(describe: () => Promise<InstanceFacts>, region: string, tags: Record<string, string>) {
  const asked: string[] = [];
  const own = ownRegions(
    {
      describeInstance: () => (asked.push("describe"), describe()),
      async listTags(id) {
        const at = await own.regionOf(id);
        return at === "cn-shanghai" ? tags : {};
      },
    },
    region,
  );
  return { own, asked };
}

const found = () => Promise.resolve(instance());
const denied = () => Promise.reject(failures.denied());
const team = { team: "data" };

describe("the region of an instance", () => {
  it("is its own, asked once; its tags are read there, whether or not there are any", async () => {
    const { own, asked } = open(found, "cn-beijing", team);
    assert.equal(await own.regionOf("rm-target"), "cn-shanghai");
    assert.deepEqual(await own.listTags("rm-target"), team);
    assert.deepEqual(asked, ["describe"]);
    assert.deepEqual(await open(found, "cn-beijing", {}).own.listTags("rm-target"), {});
  });

  it("is that of the connection where the question is denied: tags found there confirm it, none are no answer", async () => {
    const { own } = open(denied, "cn-shanghai", team);
    assert.deepEqual(await own.listTags("rm-target"), team);
    for (const region of ["cn-beijing", "cn-shanghai"]) {
      const tags = region === "cn-beijing" ? team : {};
      await assert.rejects(open(denied, region, tags).own.listTags("rm-target"), (error) => {
        assert.ok(error instanceof RdsFailure);
        assert.equal(error.kind, "denied");
        return true;
      });
    }
  });

  it("is not known where the question has no answer", async () => {
    const { own } = open(() => Promise.reject(failures.throttled()), "cn-shanghai", team);
    await assert.rejects(own.listTags("rm-target"), RdsFailure);
  });
});
