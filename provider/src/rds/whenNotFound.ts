import { RdsFailure } from "./failure";

/** For `catch`: a definite not-found is `undefined`, as the empty list is that some unknown ids are answered with. */
export function whenNotFound(error: unknown): undefined {
  if (error instanceof RdsFailure && error.kind === "notFound") return undefined;
  throw error;
}
