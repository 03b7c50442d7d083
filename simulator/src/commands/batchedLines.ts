/**
 * Writes lines together, a moment later: one write for each of them would cost as much as a call. What is left at
 * the end of the process is written then.
 */
export function batchedLines(write: (text: string) => void): (line: string) => void {
  let text = "";
  const flush = () => {
    if (text !== "") write(text);
    text = "";
  };
  process.once("exit", flush);
  return (line) => {
    if (text === "") setTimeout(flush, 20);
    text += `${line}\n`;
  };
}
