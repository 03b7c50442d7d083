/** The conformance suite: the same calls by any client against any endpoint, compared with the simulator's answers. */
export { plainClient, type Ask } from "./conformance/ask.js";
export { copyCases, readCases, type ConformanceCase } from "./conformance/cases.js";
export type { Answered } from "./conformance/compare.js";
export { runConformance, type ConformanceOptions, type ConformanceResult } from "./conformance/run.js";
