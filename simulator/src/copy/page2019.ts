import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World } from "../world/schema.js";

/** Whether the world follows the page of 2019 and not those of today. */
export const follows2019 = (world: World): boolean => world.service.apiPage === "2019";

const of = {
  action: "CopyDatabaseBetweenInstances",
  switch: "apiPage",
  basis: "documented",
  source: sources.copyPage2019,
} as const;

behaviour({
  ...of,
  id: "copy.2019.comma-list",
  parameter: "DbNames",
  says: "Under the 2019 page: the names may be a comma list, and each database keeps its name. The revision of March shows this form.",
  source: sources.copyPage2019March,
});
behaviour({
  ...of,
  id: "copy.2019.name-map",
  parameter: "DbNames",
  says: "Under the 2019 page: the names may be a JSON map of source to target; a text that begins with a brace is one. The revisions of April and May show this form.",
  source: sources.copyPage2019Map,
});
behaviour({
  ...of,
  id: "copy.2019.copy-of-now",
  parameter: "BackupId, RestoreTime",
  says: "Under the 2019 page: both may be absent; the copy then holds what the databases hold when it is asked for.",
});
behaviour({
  ...of,
  id: "copy.2019.answer",
  says: "Under the 2019 page: the answer holds RequestId and DBInstanceId, the source's.",
});
behaviour({
  ...of,
  id: "copy.2019.no-categories",
  says: "Under the 2019 page: categories of instances do not matter; it does not speak of them.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "copy.2019.one-error",
  says: "Under the 2019 page: every lack of space is its one error, with the page's own text. What else it forbids has the codes of today.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "all.2019.error-body",
  action: "*",
  says: "Under the 2019 page: error bodies have one wording and no Recommend, which came later.",
  basis: "inferred",
});
