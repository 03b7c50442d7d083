import type { Backup, GetBackupsResult } from "../program/askBackups";
import type { GetDatabasesResult } from "../program/askDatabases";
import type { RestorableWindow } from "../program/askWindow";
import { namesThatStay } from "../program/namesThatStay";
import { momentOf, toUtcSeconds } from "../time/moment";

/** What mocks answer to questions: what a test gives, what follows from it, and made up for the rest. */
type Made<Answer> = Omit<Answer, "dbInstanceId">;

export function mockBackups(given: Partial<GetBackupsResult> = {}): Made<GetBackupsResult> {
  const backups = given.backups ?? [given.latest ?? mockBackup];
  const latest = given.latest ?? backups.find(({ usable }) => usable);
  return { region, ...given, backups, ...(latest && { latest }) };
}

export function mockDatabases(given: Partial<GetDatabasesResult> = {}): Made<GetDatabasesResult> {
  const listed = given.databases ?? (given.names ?? ["orders"]).map((name) => ({ name, status: "Running" }));
  return { region, ...given, databases: listed, names: given.names ?? namesThatStay(listed) };
}

export function mockWindow(given: Partial<RestorableWindow> = {}): Made<RestorableWindow> {
  const windows = given.windows ?? [oneWindow(given)];
  const [first, last] = [windows[0], windows.at(-1)];
  const holes = windows.slice(1).flatMap(({ from }, before) => {
    const to = windows[before]?.to;
    return to === undefined ? [] : [{ from: to, to: from }];
  });
  return {
    region,
    ...(first && last ? { earliest: first.from, latest: last.to } : {}),
    holes,
    restsOn: "mocks",
    ...given,
    windows,
  };
}

/** One stretch between the two moments. A moment alone has a day beside it, where the made-up other one is no neighbour. */
function oneWindow({ earliest, latest }: Partial<RestorableWindow>): RestorableWindow["windows"][number] {
  const from = earliest ?? (latest !== undefined && latest <= dayBegins ? aside(latest, -1) : dayBegins);
  const to = latest ?? (from >= dayEnds ? aside(from, 1) : dayEnds);
  return { from, to, backupId: mockBackup.backupId };
}

function aside(moment: string, days: number): string {
  return toUtcSeconds(momentOf(moment) + days * 86_400_000);
}

const region = "cn-hangzhou";
const dayBegins = "2026-01-01T00:00:00Z";
const dayEnds = "2026-01-02T00:00:00Z";

const mockBackup: Backup = {
  backupId: "mocked-backup",
  status: "Success",
  type: "FullBackup",
  mode: "Automated",
  method: "Physical",
  startTime: "2025-12-31T23:00:00Z",
  endTime: "2026-01-01T00:00:00Z",
  usable: true,
  databases: [],
};
