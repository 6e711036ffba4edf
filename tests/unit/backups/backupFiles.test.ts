import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import {
  type BackupFile,
  backupId,
  expiredBackups,
  goneBy,
  isOverdue,
  listBackupFiles,
  pruneBackups,
} from "../../../electron/workbench/backups/backupFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let home: string;
let folder: string;
beforeEach(async () => {
  home = await temporaryFolder();
  folder = join(home, "backups");
  mkdirSync(folder);
});

const now = new Date(2026, 10, 29, 12);
const file = (madeAt: Date): BackupFile => {
  const id = backupId(madeAt, "day");
  return { id, path: id, madeAt: madeAt.getTime(), reason: "day", sizeBytes: 1 };
};
const at = (daysAgo: number, hour: number): BackupFile => file(new Date(2026, 10, 29 - daysAgo, hour));
const keptOf = (files: BackupFile[]): BackupFile[] => {
  const gone = expiredBackups(files, now.getTime());
  return files.filter((each) => !gone.includes(each));
};

test("three of today are kept, one of each earlier day, ten at all, and none that is older than thirty days", () => {
  expect(keptOf([at(0, 11), at(0, 10), at(0, 9), at(0, 8), at(0, 7)])).toEqual([at(0, 11), at(0, 10), at(0, 9)]);
  expect(keptOf([at(0, 11), at(1, 23), at(1, 9), at(2, 9)])).toEqual([at(0, 11), at(1, 23), at(2, 9)]);
  const daily = Array.from({ length: 20 }, (_, days) => at(days, 9));
  expect(keptOf(daily)).toEqual(daily.slice(0, 10));
  expect(keptOf([at(0, 9), at(29, 13), at(31, 9)])).toEqual([at(0, 9), at(29, 13)]);
  // The only one is better than none.
  expect(keptOf([at(100, 9)])).toEqual([at(100, 9)]);
  expect(isOverdue([at(31, 9)], now.getTime())).toBe(true);
  expect(isOverdue([at(29, 13)], now.getTime())).toBe(false);
  expect(goneBy([at(0, 9), at(5, 9)])).toBe(at(0, 9).madeAt + 30 * 86_400_000);
  expect(goneBy([])).toBeNull();
});

test("only regular files with a name of ours are backups; unfinished ones are removed once nothing can be writing them", () => {
  const ours = `${backupId(now, "asked")}.db`;
  writeFileSync(join(folder, ours), "x");
  writeFileSync(join(folder, "2026-99-99T00-00-00.000Z-day.db"), "x");
  writeFileSync(join(folder, `${backupId(now, "day")}.db.bak`), "x");
  symlinkSync(ours, join(folder, `${backupId(new Date(now.getTime() + 1), "day")}.db`));
  const unfinished = `${backupId(now, "day")}.0a0a0a0a-0000-4000-8000-000000000000.tmp`;
  for (const ending of ["", "-wal"]) writeFileSync(join(folder, unfinished + ending), "x");
  utimesSync(join(folder, `${unfinished}-wal`), now, new Date(now.getTime() - 3_700_000));
  utimesSync(join(folder, unfinished), now, now);
  expect(listBackupFiles(home).map(({ id, reason }) => [`${id}.db`, reason])).toEqual([[ours, "asked"]]);
  pruneBackups(home, now.getTime());
  expect(readdirSync(folder)).toContain(unfinished);
  expect(readdirSync(folder)).not.toContain(`${unfinished}-wal`);
  expect(readdirSync(folder)).toHaveLength(5);
});

test("without a folder, or with something else in its place, there are none", () => {
  expect(listBackupFiles(join(home, "nowhere"))).toEqual([]);
});
