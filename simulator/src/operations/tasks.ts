import type { Task, WorldDraft } from "../world/schema.js";

/** The history that is kept; then the older half makes room. The service keeps 30 days. */
const keptTasks = 1000;

export function recordTask(draft: WorldDraft, task: Task): void {
  draft.tasks.push(task);
  if (draft.tasks.length > keptTasks) draft.tasks = draft.tasks.slice(-keptTasks / 2);
}
