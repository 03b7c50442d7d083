import { Command } from "commander";
import { policyDocument } from "./policyDocument";

interface Flags {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly readOnly?: boolean;
}

/** `policy`: prints the RAM policy that suffices. */
export function policyCommand(print: (line: string) => void): Command {
  return new Command("policy")
    .description("Print the RAM policy that allows exactly what copies between these instances need.")
    .requiredOption("--source <id...>", "instances that are copied from")
    .requiredOption("--target <id...>", "instances that are copied to")
    .option("--account <uid>", "the account that owns them", "*")
    .option("--region <id>", "the region they are in", "*")
    .option("--read-only", "only what a preview asks for: nothing that changes anything")
    .action(({ source, target, account, region, readOnly = false }: Flags) => {
      const document = policyDocument({ sources: source, targets: target, account, region, readOnly });
      print(JSON.stringify(document, null, 2));
    });
}
