import { addressOf, connectionString } from "../answers/connection.js";
import { instanceFields } from "../answers/instanceFields.js";
import type { Call } from "../call/call.js";
import { oneOf } from "../parameters/badValue.js";
import { cutPage, wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { entryOf, instanceStatus } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";
import { parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { expiredFilter } from "./expired.js";
import { lookAtInstances } from "./lookAtInstances.js";

export const describeDBInstances = action({
  name: "DescribeDBInstances",
  required: ["RegionId"],
  optional: [
    ...[
      "Category",
      "ConnectionMode",
      "ConnectionString",
      "DBInstanceClass",
      "DBInstanceId",
      "DBInstanceStatus",
    ],
    ...["DBInstanceType", "Engine", "EngineVersion", "Expired", "InstanceLevel", "InstanceNetworkType"],
    ...[
      "MaxResults",
      "NextToken",
      "PageNumber",
      "PageSize",
      "PayType",
      "ResourceGroupId",
      "SearchKey",
      "Tags",
    ],
    ...["VSwitchId", "VpcId", "ZoneId"],
  ],
  refuses: {
    DedicatedHostGroupId: [],
    DedicatedHostId: [],
    Filter: [],
    QueryAutoRenewal: ["false"],
    proxyId: [],
  },
  handle(call) {
    const found = matching(call);
    const { items, number, next } = page(found, call.params);
    lookAtInstances(call, items);
    const level = oneOf(call.params, "InstanceLevel", ["0", "1"], "1");
    return {
      PageNumber: number,
      PageRecordCount: items.length,
      TotalRecordCount: found.length,
      NextToken: next,
      Items: { DBInstance: items.map((instance) => listItem(call.world, instance, level === "1")) },
    };
  },
});

function matching(call: Call): Instance[] {
  const { params, world } = call;
  const type = params["DBInstanceType"];
  if (type !== undefined && type !== "" && !["Primary", "Readonly", "Guard", "Temp"].includes(type)) {
    throw refuse(unknownType, { values: { type } });
  }
  const tags = parseTags(params["Tags"]);
  const passes = expiredFilter(call);
  const search = params["SearchKey"] ?? "";
  return world.instances.filter(
    (instance) =>
      instance.accountId === call.account.accountId &&
      !(instance.lockMode === "Released" && world.service.releasedInstances === "gone") &&
      Object.entries(exactFilters).every(([name, read]) => {
        const wanted = params[name] ?? "";
        return wanted === "" || read(instance, world).toLowerCase() === wanted.toLowerCase();
      }) &&
      passes(instance) &&
      hasAddress(instance, params["ConnectionString"] ?? "") &&
      (instance.id.includes(search) || instance.description.includes(search)) &&
      Object.entries(tags).every(([key, value]) => {
        const tag = entryOf(instance.tags, key);
        return tag !== undefined && ["", tag].includes(value);
      }),
  );
}

const exactFilters: Record<string, (instance: Instance, world: World) => string> = {
  RegionId: (instance) => instance.region,
  DBInstanceId: (instance) => instance.id,
  Engine: (instance) => instance.engine,
  EngineVersion: (instance) => instance.engineVersion,
  Category: (instance) => instance.category,
  DBInstanceStatus: (instance, world) => instanceStatus(world, instance),
  DBInstanceType: (instance) => instance.type,
  DBInstanceClass: (instance) => instance.instanceClass,
  PayType: (instance) => instance.payType,
  InstanceNetworkType: (instance) => instance.networkType,
  VpcId: (instance) => instance.vpcId,
  VSwitchId: (instance) => instance.vSwitchId,
  ZoneId: (instance) => instance.zone,
  ResourceGroupId: (instance) => instance.resourceGroupId,
  ConnectionMode: (instance) => instance.connectionMode,
};

const hasAddress = (instance: Instance, address: string): boolean =>
  address === "" ||
  connectionString(instance) === address.toLowerCase() ||
  (instance.publicConnection !== undefined &&
    addressOf(instance.publicConnection.prefix) === address.toLowerCase());

/** MaxResults or NextToken choose the token style, in which PageSize and PageNumber do not count. */
function page(found: readonly Instance[], params: Call["params"]) {
  if (params["MaxResults"] === undefined && (params["NextToken"] ?? "") === "") {
    const cut = cutPage(found, params, { sizes: { from: 1, to: 100 }, defaultSize: 30 });
    if (typeof cut === "string") throw refuse(badPage, { values: { parameter: cut } });
    return { items: cut.items, number: cut.number, next: "" };
  }
  const size = wholeNumber(params["MaxResults"], 30);
  const start = wholeNumber(params["NextToken"], 0);
  if (size === undefined || size < 1 || size > 100)
    throw refuse(badPage, { values: { parameter: "MaxResults" } });
  if (start === undefined) throw refuse(badPage, { values: { parameter: "NextToken" } });
  const end = start + size;
  return { items: found.slice(start, end), number: 1, next: end < found.length ? String(end) : "" };
}

function parseTags(text: string | undefined): Record<string, string> {
  if (text === undefined || text === "") return {};
  try {
    const tags: unknown = JSON.parse(text);
    if (typeof tags === "object" && tags !== null && !Array.isArray(tags)) {
      return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
    }
  } catch {
    // Falls through to the refusal: text that is no JSON is as wrong as JSON of another kind.
  }
  throw refuse(badTags);
}

function listItem(world: World, instance: Instance, withCategory: boolean) {
  const { Category, ...fields } = instanceFields(world, instance);
  const created = secondText(parseMoment(instance.createdAt));
  return {
    ...fields,
    ...(withCategory ? { Category } : {}),
    CreateTime: created,
    CreationTime: created,
    DestroyTime: "",
    MutriORsignle: false,
    VpcName: "",
  };
}

const unknownType = refusal({
  id: "instances.unknown-type",
  action: "DescribeDBInstances",
  parameter: "DBInstanceType",
  code: "InvalidDBInstanceType.ValueNotSupport",
  status: 400,
  message: "The instance type {type} is not supported.",
  says: "Primary, Readonly, Guard and Temp are the types.",
  basis: "documented",
  source: sources.documents2020,
});
const badPage = refusal({
  id: "instances.page",
  action: "DescribeDBInstances",
  parameter: "PageSize, PageNumber, MaxResults, NextToken",
  code: "InvalidParameter",
  status: 400,
  message: "The value of {parameter} is not valid.",
  says: "PageSize and MaxResults are 1 to 100, PageNumber counts from 1.",
  basis: "inferred",
  source: sources.metadata,
});
const badTags = refusal({
  id: "instances.tags",
  action: "DescribeDBInstances",
  parameter: "Tags",
  code: "InvalidParameter",
  status: 400,
  message: "The value of Tags is not a JSON object.",
  says: "Tags is the text of a JSON object.",
  basis: "inferred",
  source: sources.metadata,
});
behaviour({
  id: "instances.level",
  action: "DescribeDBInstances",
  parameter: "InstanceLevel",
  says: "With 0 the entries have no Category, with 1 or without the parameter they have one. The English text of the metadata has it the other way round.",
  basis: "documented",
  source: sources.metadata,
});
behaviour({
  id: "instances.own-only",
  action: "DescribeDBInstances",
  says: "The instances of the caller's account in the region asked for; both paging styles.",
  basis: "documented",
  source: sources.metadata,
});
behaviour({
  id: "instances.creation-time-twice",
  action: "DescribeDBInstances",
  says: "The moment of creation is given as CreateTime, as documented, and as CreationTime, which the alicloud provider reads.",
  basis: "measured",
  source: sources.terraform,
});
