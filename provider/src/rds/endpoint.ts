import * as z from "zod";
import { configuredObject, optionalText } from "./signIn/configuredObject";
import { fromEnvironment, type Settings } from "./signIn/settings";
import { SignInProblem } from "./signIn/signInProblem";

/** A host, with its port where it has one. */
export interface Endpoint {
  readonly host: string;
  /** What was written before the host, if anything was. */
  readonly scheme?: string | undefined;
}

/**
 * The hosts that the stack names: in `alicloud:endpoints`, JSON text such as `[{"rds":"host:port"}]`, or in
 * the environment.
 *
 * @throws SignInProblem if one is no host.
 */
export function configuredEndpoints(
  settings: Settings,
  env: NodeJS.ProcessEnv,
): { readonly rds: Endpoint | undefined; readonly sts: Endpoint | undefined } {
  const { rds, sts } = configuredObject(settings("endpoints"), endpointsShape) ?? {};
  const inEnvironment = fromEnvironment(env, ["ALIBABA_CLOUD_ENDPOINT_RDS", "RDS_ENDPOINT"]);
  return {
    rds: rds
      ? endpointIn(rds, "alicloud:endpoints (rds)")
      : inEnvironment && endpointIn(inEnvironment.value, inEnvironment.place),
    sts: sts === undefined ? undefined : endpointIn(sts, "alicloud:endpoints (sts)"),
  };
}

const endpointsShape = z.object({ rds: optionalText, sts: optionalText });

/** The SDK takes a host alone, and people paste addresses. */
export function endpointIn(text: string, place: string): Endpoint {
  const [, scheme, host] = /^(?:(https?):\/\/)?([^\s/?#@]+)\/*$/i.exec(text.trim()) ?? [];
  if (host !== undefined) return { host, scheme };
  throw new SignInProblem(
    "InvalidConfiguration",
    `${place} is not a host with an optional port, such as "rds.aliyuncs.com" or "127.0.0.1:8094".`,
  );
}

/** The public RDS endpoint of a region: that of the SDK's own table, or by the SDK's rule for every other region. */
export function rdsEndpoint(region: string): string {
  if (sharedHostRegions.has(region)) return "rds.aliyuncs.com";
  return region === "cn-hangzhou-finance"
    ? "rds-vpc.cn-hangzhou-finance.aliyuncs.com"
    : `rds.${region}.aliyuncs.com`;
}

/** The STS endpoint of a region, as the alicloud provider makes it. */
export function stsEndpoint(region: string): string {
  return `sts.${region}.aliyuncs.com`;
}

/**
 * The table of rds20140815 15.4.0, written out because reading it there takes the loading of the whole client. A test
 * compares every entry.
 */
const sharedHostRegions: ReadonlySet<string> = new Set(
  (
    "cn-qingdao cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-heyuan cn-hongkong ap-southeast-1 us-west-1 us-east-1 " +
    "cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-north-2-gov-1 ap-northeast-2-pop cn-beijing-finance-1 " +
    "cn-beijing-finance-pop cn-beijing-gov-1 cn-beijing-nu16-b01 cn-edge-1 cn-fujian cn-haidian-cm12-c01 " +
    "cn-hangzhou-bj-b01 cn-hangzhou-internal-prod-1 cn-hangzhou-internal-test-1 cn-hangzhou-internal-test-2 " +
    "cn-hangzhou-internal-test-3 cn-hangzhou-test-306 cn-hongkong-finance-pop cn-qingdao-nebula cn-shanghai-et15-b01 " +
    "cn-shanghai-et2-b01 cn-shanghai-inner cn-shanghai-internal-test-1 cn-shenzhen-inner cn-shenzhen-st4-d01 " +
    "cn-shenzhen-su18-b01 cn-wuhan cn-yushanfang cn-zhangbei cn-zhangbei-na61-b01 cn-zhangjiakou-na62-a01 " +
    "cn-zhengzhou-nebula-1 eu-west-1-oxs rus-west-1-pop"
  ).split(" "),
);
