import type { Instance } from "./schema.js";

/** What tells the kind of an instance, as it is written, asked for or complete. */
export interface InstanceKind extends Pick<Instance, "id" | "type" | "region" | "engine" | "engineVersion"> {
  readonly accountId?: string;
  readonly category?: Instance["category"];
  readonly payType?: Instance["payType"];
  readonly serverless?: object;
  readonly slaveZones?: readonly string[];
  readonly masterId?: string;
}

/** `_ent` is the enterprise cluster, `_sl` serverless, `_web` and the bare 2012 single nodes (API metadata). */
export function categoryOf({
  engineVersion,
  payType,
}: Pick<InstanceKind, "engineVersion" | "payType">): Instance["category"] {
  if (engineVersion.endsWith("_sl") || payType === "SERVERLESS") return "serverless_ha";
  if (engineVersion.endsWith("_ent")) return "AlwaysOn";
  if (engineVersion.endsWith("_web") || engineVersion === "2012") return "Basic";
  return "HighAvailability";
}

export const isServerless = (category: string): boolean => /^serverless/i.test(category);

/** Whether the log is kept, so that a moment can be restored. */
export const keepsLog = ({ recoveryModel }: Pick<Instance, "recoveryModel">): boolean =>
  recoveryModel.toLowerCase() === "full";

/** Whether there is a node beside the one that writes. */
export const hasSecondNode = ({ category, type }: Pick<Instance, "category" | "type">): boolean =>
  type !== "Readonly" && !/basic$/i.test(category);

/** The primary instance that a read-only one belongs to where the document does not say. */
export const masterOf = (instance: InstanceKind, instances: readonly InstanceKind[]): string | undefined =>
  instances.find(
    ({ type, region, accountId, engine }) =>
      type === "Primary" &&
      region === instance.region &&
      engine === instance.engine &&
      accountId === instance.accountId,
  )?.id;

/** What contradicts itself in an instance as it is written or asked for, as a field and a sentence. */
export function contradictions(
  instance: InstanceKind,
  instances: readonly InstanceKind[],
): { readonly field: keyof InstanceKind; readonly message: string }[] {
  const category = instance.category ?? categoryOf(instance);
  const serverless = isServerless(category);
  const found: { field: keyof InstanceKind; message: string }[] = [];
  if (instance.payType !== undefined && (instance.payType === "SERVERLESS") !== serverless)
    found.push({ field: "payType", message: `${instance.payType} contradicts the category ${category}` });
  if (!serverless && (instance.serverless !== undefined || instance.engineVersion.endsWith("_sl")))
    found.push({ field: "category", message: `${category} contradicts what makes the instance serverless` });
  if (!hasSecondNode({ category, type: instance.type }) && (instance.slaveZones ?? []).length > 0)
    found.push({
      field: "slaveZones",
      message: `an instance of ${category} (${instance.type}) has one node`,
    });
  if (instance.type !== "Readonly") {
    if (instance.masterId !== undefined)
      found.push({ field: "masterId", message: "only a read-only instance has a primary one" });
    return found;
  }
  const master = instance.masterId ?? masterOf(instance, instances);
  if (!instances.some(({ id, type }) => id === master && type === "Primary"))
    found.push({ field: "masterId", message: "a read-only instance belongs to a primary one of the world" });
  return found;
}
