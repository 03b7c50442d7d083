import { z } from "zod";
import { configuredObject, optionalText } from "./signIn/configuredObject";
import type { Settings } from "./signIn/settings";

/** The hosts (and ports) that the stack names in `alicloud:endpoints`, JSON text: `[{"rds":"host:port"}]`. */
export function configuredEndpoints(settings: Settings): Partial<z.output<typeof endpointsShape>> {
  return configuredObject(settings("endpoints"), endpointsShape) ?? {};
}

const endpointsShape = z.object({ rds: optionalText, sts: optionalText });

/**
 * The public RDS endpoint of a region, as the SDK's own table has it (rds20140815 15.4.0): the older
 * regions share one host, every other has its own.
 */
export function rdsEndpoint(region: string): string {
  return sharedHostRegions.has(region) ? "rds.aliyuncs.com" : `rds.${region}.aliyuncs.com`;
}

/** The STS endpoint of a region, as the alicloud provider makes it. */
export function stsEndpoint(region: string): string {
  return `sts.${region}.aliyuncs.com`;
}

const sharedHostRegions: ReadonlySet<string> = new Set([
  "cn-qingdao",
  "cn-beijing",
  "cn-hangzhou",
  "cn-shanghai",
  "cn-shenzhen",
  "cn-heyuan",
  "cn-hongkong",
  "ap-southeast-1",
  "us-west-1",
  "us-east-1",
]);
