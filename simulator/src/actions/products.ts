/** The services behind the one port, each known by the version of its API. */
export type Product = "Rds" | "Sts" | "Vpc";

export const rdsVersion = "2014-08-15";

const versions: Readonly<Record<Product, string>> = { Rds: rdsVersion, Sts: "2015-04-01", Vpc: "2016-04-28" };

export const productOf = (version: string): Product | undefined =>
  (["Rds", "Sts", "Vpc"] as const).find((product) => versions[product] === version);

export const versionOf = (product: Product): string => versions[product];
