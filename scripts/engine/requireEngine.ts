import { findEngine, type Engine, type Report } from "./findEngine.ts";

/** The engine, or the end: with one sentence that says what to install. */
export async function requireEngine(report: Report): Promise<Engine> {
  try {
    return await findEngine(report);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
