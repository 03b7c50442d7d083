/** The services behind the one port, each known by the version of its API. */
export type Product = "Rds" | "Sts" | "Vpc";

export const rdsVersion = "2014-08-15";

const products: Readonly<Record<string, Product>> = {
  [rdsVersion]: "Rds",
  "2015-04-01": "Sts",
  "2016-04-28": "Vpc",
};

export const productOf = (version: string): Product | undefined => products[version];
