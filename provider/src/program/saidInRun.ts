import * as pulumi from "@pulumi/pulumi";
import { stackVeil } from "../engine/secretTexts";

/** What questions say while a program runs. */
export interface SaidInRun extends ReturnType<typeof stackVeil> {
  warn(line: string): void;
  debug(line: string): void;
}

/** One process may run several programs, one after the other and at once (Automation API): each has secrets of its own. */
const ofRuns = new WeakMap<pulumi.Resource, SaidInRun>();
const outsideOfRuns = said();

/** Everything that is said goes through here, without what any question of this run was given as a secret. */
export function saidInRun(): SaidInRun {
  const run = pulumi.runtime.getStackResource();
  if (run === undefined) return outsideOfRuns;
  const known = ofRuns.get(run) ?? said();
  ofRuns.set(run, known);
  return known;
}

function said(): SaidInRun {
  const { learn, veil } = stackVeil();
  return {
    learn,
    veil,
    warn: (line) => void pulumi.log.warn(veil(line)),
    debug: (line) => void pulumi.log.debug(veil(line)),
  };
}
