import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World } from "../world/schema.js";
import type { Caller } from "../call/caller.js";

type Params = Readonly<Record<string, string>>;

/** What any call may carry beside the parameters of its action: a region, and the account it is made for. */
export function checkCommonParameters(
  world: World,
  account: Pick<Caller, "accountId">,
  actionName: string,
  params: Params,
): void {
  const region = params["RegionId"] ?? "";
  if (region !== "" && !isRegion(world, region)) {
    throw refuse(actionName === "CopyDatabaseBetweenInstances" ? unknownRegionOfCopy : unknownRegion, {
      values: { region },
    });
  }
  checkOwner(account, params["OwnerId"], params["OwnerAccount"]);
  checkOwner(account, params["ResourceOwnerId"], params["ResourceOwnerAccount"]);
}

/** A region of the world, or a text that could be one: new regions open every year. */
const isRegion = (world: World, region: string): boolean =>
  /^[a-z]{2}(-[a-z]+)+(-\d+)?(-[a-z]+)*(-\d+)?$/.test(region) ||
  world.instances.some((instance) => instance.region === region);

function checkOwner(account: Pick<Caller, "accountId">, id = "", name = ""): void {
  if (id !== "" && name !== "" && id !== name) throw refuse(otherOwner);
  if (id !== "" && id !== account.accountId) throw refuse(unknownOwnerId);
  if (name !== "" && name !== account.accountId) throw refuse(unknownOwnerAccount);
}

const of = { action: "*", basis: "documented", source: sources.errorTable2020 } as const;

const unknownRegion = refusal({
  ...of,
  id: "all.region-id",
  parameter: "RegionId",
  code: "InvalidRegionId.NotFound",
  status: 404,
  message: "The region {region} does not exist.",
  says: "A RegionId has the form of one, or is that of an instance of the world.",
});
const unknownRegionOfCopy = refusal({
  ...of,
  id: "copy.region-id",
  action: "CopyDatabaseBetweenInstances",
  parameter: "RegionId",
  code: "InvalidRegion.NotFound",
  status: 404,
  message: "The region {region} does not exist.",
  says: "The copy has a code of its own for a RegionId that is none; it needs no RegionId.",
  source: sources.copyPage,
});
const otherOwner = refusal({
  ...of,
  id: "all.owner",
  parameter: "OwnerId, OwnerAccount",
  code: "InvalidOwner",
  status: 400,
  message: "The owner's id and the owner's account do not belong together.",
  says: "OwnerId and OwnerAccount (and the two of the resource owner), where both are given, name one account. The code is documented, its cause is not.",
  basis: "inferred",
});
const unknownOwnerId = refusal({
  ...of,
  id: "all.owner-id",
  parameter: "OwnerId, ResourceOwnerId",
  code: "InvalidOwnerId",
  status: 400,
  message: "The owner's id is not valid.",
  says: "An owner's id is that of the caller's account.",
});
const unknownOwnerAccount = refusal({
  ...of,
  id: "all.owner-account",
  parameter: "OwnerAccount, ResourceOwnerAccount",
  code: "InvalidOwnerAccount",
  status: 400,
  message: "The owner's account is not valid.",
  says: "An owner's account is the caller's; as a world knows no names of accounts, its id.",
});
