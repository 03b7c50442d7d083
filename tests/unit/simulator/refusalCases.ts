import type { WorldInput } from "../../../simulator/src/machine.js";
import { goodCopy, smallCompany } from "./cloud.js";
import { copyCases, worldOf } from "./copyCases.js";
import { copyCases2019, copyRareCases } from "./copyRareCases.js";
import { environmentCases } from "./environmentCases.js";
import { lifeCases } from "./lifeCases.js";
import { otherCases } from "./otherCases.js";
import { stsCases } from "./stsCases.js";

/** A call, and what it is refused for: played on the pure machine, and through HTTP with real signed requests. */
export interface RefusalCase {
  readonly name: string;
  readonly action: string;
  readonly params: Record<string, string>;
  readonly world: WorldInput;
  readonly code: string;
  readonly status: number;
  /** The rule that must refuse; without it any rule with that code. */
  readonly rule?: string;
}

export const allCopyCases = [...copyCases, ...copyRareCases, ...copyCases2019];

/** The whole table. */
export const refusalCases: readonly RefusalCase[] = [
  ...allCopyCases.map((one) => ({
    name: `copy, ${one.code}: ${one.why}`,
    action: "CopyDatabaseBetweenInstances",
    params: one.params ?? goodCopy,
    world: worldOf(one),
    code: one.code,
    status: one.status,
  })),
  ...[...otherCases, ...lifeCases, ...environmentCases, ...stsCases].map((one, index) => ({
    name: `${one.action}, ${one.code}: ${one.rule} (${index + 1})`,
    action: one.action,
    params: one.params,
    world: one.world ?? smallCompany,
    code: one.code,
    status: one.status,
    rule: one.rule,
  })),
];
