/** For tests in another process than the simulator's; loads nothing of the server. */
export { connectToSimulator, ControlError, type RemoteControl } from "./client/controlClient.js";
export type { Control } from "./server/simulation.js";
export type { InstanceStatus, OperationStatus, Status } from "./server/status.js";
export type { Fault, FaultRule, FaultThen, FaultWhen } from "./faults/rule.js";
export type { JournalEntry } from "./journal/journal.js";
export type { Problem } from "./world/problems.js";
export type { World, WorldInput } from "./world/schema.js";
