import OpenApiClient, { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { setTimeout } from "node:timers/promises";

export type Answer = Readonly<Record<string, unknown>>;

/** One call of the RDS API by its name, with the parameters of its page. */
export type Cloud = (action: string, parameters: Readonly<Record<string, string>>) => Promise<Answer>;

/** Reads the configuration as `@pulumi/alicloud` does; asked for at the first call. */
export function cloudOf(variables: Readonly<Record<string, string>>): Cloud {
  const [endpoints] = JSON.parse(variables["endpoints"] ?? "[{}]") as readonly { readonly rds?: string }[];
  const client = new OpenApiClient(
    new $OpenApiUtil.Config({
      accessKeyId: variables["accessKey"] ?? "",
      accessKeySecret: variables["secretKey"] ?? "",
      regionId: variables["region"] ?? "",
      endpoint: endpoints?.rds ?? "",
      protocol: variables["protocol"] ?? "HTTPS",
    }),
  );
  return async (action, parameters) => {
    const answer = (await client.callApi(
      new $OpenApiUtil.Params({
        action,
        version: "2014-08-15",
        protocol: "HTTPS",
        pathname: "/",
        method: "POST",
        authType: "AK",
        style: "RPC",
        reqBodyType: "formData",
        bodyType: "json",
      }),
      new $OpenApiUtil.OpenApiRequest({ query: { RegionId: variables["region"] ?? "", ...parameters } }),
      new RuntimeOptions({}),
    )) as { readonly body: Answer };
    return answer.body;
  };
}

/** Looks until there is something, which is what is given. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < 300; looks++) {
    const found = await look();
    if (found !== undefined) return found;
    await setTimeout(20);
  }
  throw new Error("It took too long.");
}

/** The list of an answer: `Items.DBInstanceAttribute` of DescribeDBInstanceAttribute, say. */
export function listOf(answer: Answer, outer: string, inner: string): readonly Answer[] {
  const list = (answer[outer] as Answer | undefined)?.[inner];
  return Array.isArray(list) ? (list as readonly Answer[]) : [];
}

/** What was asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return /NotFound$/.test(String((error as { readonly code?: unknown }).code));
}
