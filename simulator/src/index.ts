export { startSimulator, type Simulator, type SimulatorOptions } from "./server/startSimulator.js";
export type { Control } from "./server/simulation.js";
export type { ClockKind } from "./server/clock.js";
export type { Fault, FaultRule, FaultThen, FaultWhen } from "./faults/rule.js";
export type { JournalEntry } from "./journal/journal.js";
export { WorldError } from "./world/load.js";
export type { Problem } from "./world/problems.js";
export { worldSchema, type World, type WorldInput } from "./world/schema.js";
