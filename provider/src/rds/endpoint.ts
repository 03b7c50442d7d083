/**
 * The public RDS endpoint of a region, as the SDK's own table has it (rds20140815 15.4.0): the older
 * regions share one host, every other has its own.
 */
export function rdsEndpoint(region: string): string {
  return sharedHostRegions.has(region) ? "rds.aliyuncs.com" : `rds.${region}.aliyuncs.com`;
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
