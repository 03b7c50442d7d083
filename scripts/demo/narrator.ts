import { createColors } from "picocolors";

// The library takes a CI for a terminal with colours: a file or a pipe gets plain text there, too.
const pico = createColors(Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"]);

/** How the demo talks: to a person at a terminal with colours, to a file or a pipe in plain text. */
export const narrator = {
  title(text: string): void {
    say(`\n${pico.bold(text)}\n`);
  },
  /** One step of the story. */
  chapter(number: number, text: string): void {
    say(`\n${pico.bold(pico.cyan(`${number}. ${text}`))}\n`);
  },
  text(...lines: readonly string[]): void {
    say(`${lines.join("\n")}\n`);
  },
  /** Something that happens outside of Pulumi. */
  event(text: string): void {
    say(`${pico.yellow("*")} ${text}\n`);
  },
  command(line: string): void {
    say(`${pico.dim("$")} ${pico.bold(line)}`);
  },
  note(text: string): void {
    say(pico.dim(text));
  },
};

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
