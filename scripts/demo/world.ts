import type { WorldInput } from "alicloud-rds-simulator";

/** How much faster than really the provider waits, and with it the time of the simulated cloud passes. */
export const speed = 30;

/** A small company: a production instance with its nightly backups, and an empty staging instance. */
export function companyWorld(now: Date): WorldInput {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const backup = (id: string, ended: number, of: string) => ({
    id,
    start: hoursAgo(ended + 0.7),
    end: hoursAgo(ended),
    databases: Object.fromEntries(["orders", "crm", "billing"].map((name) => [name, `${name} of ${of}`])),
  });
  const live = (name: string, sizeGiB: number) => ({
    name,
    sizeGiB,
    content: `live ${name}`,
    users: { shop_app: "ReadWrite" as const },
  });
  return {
    instances: [
      {
        id: "rm-prod",
        description: "production",
        databases: [live("orders", 40), live("crm", 12), live("billing", 25)],
        backups: [backup("1065238746521", 9, "last night"), backup("1065238741077", 33, "the night before")],
      },
      { id: "rm-staging", description: "staging", databases: [] },
    ],
    // Time is short here, so the provider asks more often than a real account would allow.
    service: { callsPerSecond: 0 },
  };
}
