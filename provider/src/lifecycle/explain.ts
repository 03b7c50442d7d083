import { RdsFailure } from "../rds/failure";
import { nextStep, type Place } from "../rds/nextStep";
import { LifecycleError } from "./ending";

/** Runs an operation; a call that fails is told together with what was tried and what to do next. */
export async function explained<T>(tried: string, place: Place, operate: () => Promise<T>): Promise<T> {
  try {
    return await operate();
  } catch (error) {
    if (error instanceof RdsFailure) throw new LifecycleError(explain(tried, place, error));
    throw error;
  }
}

/** What was tried, what the cloud said, and what to do. */
export function explain(tried: string, place: Place, failure: RdsFailure): string {
  return `${tried} failed. ${failure.message} ${nextStep(place, failure)}`;
}
