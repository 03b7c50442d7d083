import type { WorldInput } from "alicloud-rds-simulator";

/** A moment of the past, in UTC seconds. */
export function ago(hours: number): string {
  return `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}

type InstanceInput = NonNullable<WorldInput["instances"]>[number];

/** A successful full backup that ended some hours ago. */
export function backup(id: string, hoursAgo: number, databases: Readonly<Record<string, string>>) {
  return { id, start: ago(hoursAgo + 0.5), end: ago(hoursAgo), databases };
}

/** Production with three databases, two backups and logs since the older one. */
export const production: InstanceInput = {
  id: "rm-prod",
  databases: [
    { name: "orders", content: "orders-today", contentSince: ago(2), users: { app: "ReadWrite" } },
    { name: "crm", content: "crm-today", contentSince: ago(2), users: { sales: "ReadOnly" } },
    { name: "billing", content: "billing-today", contentSince: ago(2) },
  ],
  backups: [
    backup("1002", 8, { orders: "orders-1002", crm: "crm-1002", billing: "billing-1002" }),
    backup("1001", 32, { orders: "orders-1001", crm: "crm-1001", billing: "billing-1001" }),
  ],
};

/** Staging, empty. */
export const staging: InstanceInput = { id: "rm-staging" };

export const company: WorldInput = { instances: [production, staging] };
