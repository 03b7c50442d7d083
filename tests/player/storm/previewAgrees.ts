import type { Previewed } from "../engine";
import type { Ended } from "./invariants";

/** Preview and up agree when the world stands still. */
export function compareWithPreview(
  { changes, errors, warnings }: Previewed,
  { outcome, calls, program }: Ended,
  violated: (sentence: string) => void,
): void {
  const hasChanged = calls.some(({ action, status }) => status === 200 && !/^(Describe|List)/.test(action));
  const isRefused = outcome.errors.length > 0 && !hasChanged;
  const said = errors.length > 0;
  // One refused resource hides what another one would meet.
  const isOne = Object.keys(program).length === 1;
  // Limit L12: what the state would tell, the preview of a replacement leaves to the run, and says so.
  const isLeftToRun = warnings.some((line) => line.includes("a preview is not given the state"));
  if (isLeftToRun && !said && isRefused) return;
  if (isOne ? said !== isRefused : !said && isRefused)
    violated(
      `the preview ${said ? `refuses (${errors.join(" | ")})` : "is fine"}, and up ${isRefused ? `refuses: ${outcome.errors.join(" | ")}` : "does not refuse"}`,
    );
  if (said || outcome.errors.length > 0) return;
  const did = outcome.steps.map((one) => one);
  const announced = changes.flatMap((change) => {
    const [kind = "", resource = ""] = change.split(" ");
    return kind === "replace" ? [`delete ${resource}`, `create ${resource}`] : [change];
  });
  // What is pending of a replacement is only created.
  const isLike = did.every((one) => announced.includes(one)) && did.length >= changes.length;
  if (!isLike) violated(`the preview says ${announced.join()}, and up does ${did.join()}`);
}
