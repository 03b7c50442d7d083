import { listNames } from "../copy/databaseNames";
import { fewOfMany, saidEach } from "../copy/fewOfMany";
import type { Reporter } from "../copy/reporter";
import { explain, severityOf, type Place } from "./explain";
import type { Saying } from "./sayings";

/** Says what an operation has to say, as it comes. A resource may have hundreds of databases: debug has every sentence. */
export function sayer(report: Reporter, place: Place): { say(saying: Saying): void; end(): void } {
  const said: Saying[] = [];
  return {
    say(saying) {
      said.push(saying);
      const line = explain(saying, place);
      if (said.filter((one) => kindOf(one) === kindOf(saying)).length <= saidEach)
        report[severityOf(saying)](line);
      else report.debug(line);
    },
    end() {
      const { rests } = fewOfMany(said, kindOf);
      for (const rest of rests) if (rest[0]) report[severityOf(rest[0])](restText(rest, place));
      said.length = 0;
    },
  };
}

/** Reasons as sentences. */
export function explainAll(sayings: readonly Saying[], place: Place, report: Reporter): string[] {
  const { few, rests } = fewOfMany(sayings, kindOf);
  for (const saying of rests.flat()) report.debug(explain(saying, place));
  return [...few.map((saying) => explain(saying, place)), ...rests.map((rest) => restText(rest, place))];
}

function kindOf(saying: Saying): string {
  return "why" in saying ? `${saying.kind} ${saying.why}` : saying.kind;
}

function restText(rest: readonly Saying[], { instanceId }: Place): string {
  const names = rest.flatMap((saying) => ("name" in saying ? [saying.name] : []));
  return `The same applies to ${rest.length} more on ${instanceId}${names.length > 0 ? `: ${listNames(names)}` : ""}.`;
}
