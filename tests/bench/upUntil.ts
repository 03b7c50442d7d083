import type { Stage } from "../engine/harness/stage";

/**
 * Runs `pulumi up` until the moment has come, and kills it then with all its processes.
 *
 * @throws Error with what it printed if it ends before that
 */
export async function upUntil<Moment>(
  stage: Stage,
  moment: (pid: number) => Promise<Moment>,
  ...flags: readonly string[]
): Promise<Moment> {
  using run = await stage.start("up", "--yes", "--skip-preview", ...flags);
  let isRunning = true;
  const early = run.ended.then(({ text }) => {
    isRunning = false;
    throw new Error(`pulumi up ended before that:\n${text}`);
  });
  // When it is killed below, nobody waits for it any more.
  early.catch(() => undefined);
  try {
    return await Promise.race([moment(run.pid), early]);
  } finally {
    if (isRunning) run.killAll();
    await run.ended;
  }
}
