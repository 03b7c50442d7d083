import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { actions, allRules, type World } from "../../../simulator/src/machine.js";
import type { Action } from "../../../simulator/src/actions/action.js";
import { OpenCall } from "../../../simulator/src/call/call.js";
import { Refusal } from "../../../simulator/src/rules/refuse.js";
import { sampleCalls } from "./sampleCalls.js";
import { cloud, smallCompany } from "./cloud.js";

/** Of every call: a region, the account it is made for, the token of a session, and of a repeated call. */
const common = new Set(
  "RegionId OwnerId OwnerAccount ResourceOwnerId ResourceOwnerAccount SecurityToken ClientToken".split(" "),
);
const models = rds as unknown as Record<string, { names(): Record<string, string> } | undefined>;
const rdsActions = actions.filter(({ product }) => product === undefined);

describe("simulator: every parameter of the official SDK's request models", () => {
  for (const { name, required, optional = [], refuses = {}, withoutEffect = [] } of rdsActions) {
    const declared = [...required, ...optional, ...Object.keys(refuses), ...withoutEffect];

    it(`${name}: is acted on or refused by name`, () => {
      const wire = Object.values(models[`${name}Request`]?.names() ?? {});
      assert.ok(wire.length > 0, `The SDK has no ${name}.`);
      assert.deepEqual(
        wire.filter((parameter) => !common.has(parameter) && !declared.includes(parameter)),
        [],
      );
      assert.deepEqual(
        declared.filter((parameter, index) => declared.indexOf(parameter) !== index),
        [],
      );
    });
  }

  for (const action of actions) {
    const { name, product = "Rds", refuses = {}, withoutEffect = [] } = action;

    it(`${product} ${name}: reads what it declares to act on, and nothing else`, () => {
      const expected = [...(action.optional ?? [])].sort();
      assert.deepEqual(
        readBy(action).filter((one) => !common.has(one) && !action.required.includes(one)),
        expected,
      );
    });

    for (const [parameter, harmless] of Object.entries(refuses)) {
      it(`${product} ${name}: refuses ${parameter}, and lets pass what asks for nothing`, () => {
        const call = samplesOf(action)[0] ?? {};
        const refused = cloud().call(name, { ...call, [parameter]: "something" }, undefined, product);
        assert.deepEqual([refused.code, refused.status], ["SimulatorUnsupportedParameter", 400]);
        assert.match(String(refused.body["Message"]), new RegExp(`\\b${parameter}\\b.*\\b${name}\\b`));
        for (const value of ["", ...harmless])
          assert.notEqual(
            cloud().call(name, { ...call, [parameter]: value }, undefined, product).code,
            "SimulatorUnsupportedParameter",
          );
      });
    }

    if (withoutEffect.length > 0)
      it(`${name}: has a rule for each parameter without effect`, () => {
        const told = allRules()
          .filter((rule) => rule.action === name)
          .flatMap((rule) => (rule.parameter ?? "").split(", "));
        assert.deepEqual(
          withoutEffect.filter((parameter) => !told.includes(parameter)),
          [],
        );
      });
  }
});

const ram = "acs:ram::1000000000000001";

/** The small company while a backup is made, and an instance of another engine. */
function busyWorld(): World {
  const { backups } = smallCompany.instances[0];
  const company = cloud({
    ...smallCompany,
    instances: [
      ...smallCompany.instances,
      { id: "rm-mysql", engine: "MySQL", engineVersion: "8.0", backups },
      { id: "rm-cluster", engineVersion: "2019_ent" },
    ],
    roles: [
      { arn: `${ram}:role/partner`, externalId: "partner" },
      { arn: `${ram}:role/reader`, trusts: [`${ram}:oidc-provider/p`] },
    ],
  });
  company.ask("CreateBackup", { DBInstanceId: "rm-prod" });
  return company.world;
}

const samplesOf = ({ name, product }: Action) =>
  sampleCalls[product === "Vpc" ? `Vpc ${name}` : name] ?? [{ DBInstanceId: "rm-prod" }];

/** The parameters that an action looks at in its sample calls; those of lists without their numbers. */
function readBy(action: Action): string[] {
  const read = new Set<string>();
  const note = (parameter: string) => read.add(parameter.split(".")[0] ?? "");
  for (const params of samplesOf(action)) {
    const watched = new Proxy(params, {
      get(target, parameter) {
        if (typeof parameter === "string") note(parameter);
        return Reflect.get(target, parameter) as unknown;
      },
      ownKeys: (target) => Reflect.ownKeys(target),
    });
    const world = busyWorld();
    const account = { accountId: "1000000000000001", accessKeyId: "simulated-key", deny: [] };
    const request = { action: action.name, params: watched, accessKeyId: "simulated-key", requestId: "R" };
    try {
      action.handle(new OpenCall(world, account, request, { now: Date.parse(world.now) }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return [...read].sort();
}
