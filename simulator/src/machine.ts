/** The service without HTTP: pure functions over plain data. */
export { handle } from "./machine/handle.js";
export type { Answer, Moment, Request } from "./call/request.js";
export { settle } from "./operations/settle.js";
export { createWorld, WorldError } from "./world/load.js";
export type { Problem } from "./world/problems.js";
export { worldSchema } from "./world/schema.js";
export type {
  Account,
  Backup,
  BackupOperation,
  CopyOperation,
  Database,
  DbAccount,
  DropOperation,
  Instance,
  Operation,
  OperationKind,
  Privilege,
  Session,
  Task,
  World,
  WorldDraft,
  WorldInput,
} from "./world/schema.js";
export { actions } from "./actions/registry.js";
export { codesNotEnforced, type CodeNotEnforced } from "./rules/codesNotEnforced.js";
export { documentedCodes, type DocumentedCode } from "./rules/documentedCodes.js";
export { copyOrder } from "./copy/order.js";
export { allRules, type Basis, type Rule } from "./rules/rule.js";
export { addFault, decideFault, type FaultDecision } from "./faults/decide.js";
export type { Fault, FaultRule, FaultThen, FaultWhen } from "./faults/rule.js";
