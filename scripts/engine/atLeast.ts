import { gte, valid } from "semver";

/** Whether a version text is a version, and not older than the floor. */
export function atLeast(version: string, floor: string): boolean {
  return valid(version) !== null && gte(version, floor);
}
