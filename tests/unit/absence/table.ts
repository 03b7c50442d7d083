import { answers, type Answer } from "./answers";
import { playAnswer, type Asked, type Operation, type Taken } from "./play";

export interface Row {
  readonly asked: Asked;
  readonly answer: string;
  readonly cells: Readonly<Record<Operation, Taken>>;
}

const operations: readonly Operation[] = ["refresh", "up", "destroy"];

/** Every answer to each of the two calls, met by each operation. */
export async function absenceTable(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const asked of ["DescribeDatabases", "DeleteDatabase"] as const) {
    for (const answer of answers.filter((one) => canAnswer(asked, one))) {
      const cells = await Promise.all(operations.map((operation) => playAnswer(asked, answer, operation)));
      const [refresh, up, destroy] = cells;
      if (!refresh || !up || !destroy) throw new Error("an operation is missing");
      rows.push({ asked, answer: answer.name, cells: { refresh, up, destroy } });
    }
  }
  return rows;
}

function canAnswer(asked: Asked, { failure, isListed }: Answer): boolean {
  return asked === "DescribeDatabases" ? !isListed : failure !== undefined;
}

/** "gone, 0", "waiting 30m, 31": how it was taken and how many changing calls there were. */
export function cellText({ how, time, changes, asked }: Taken): string {
  if (!asked && how !== "error") return "does not ask";
  return `${how}${how === "waiting" ? ` ${time}` : ""}, ${changes}`;
}

export function absenceMarkdown(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ asked, answer, cells }) =>
      `| ${[asked, answer, ...operations.map((operation) => cellText(cells[operation]))].join(" | ")} |`,
  );
  return ["| call | answer | refresh | up | destroy |", "| --- | --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}
