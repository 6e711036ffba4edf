// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Backup, BackupList } from "../../../electron/contract/backups.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { BackupNote } from "../../../renderer/features/chats/BackupNote.tsx";
import { BackupSection } from "../../../renderer/features/settings/BackupSection.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge } from "./fakeBridge.ts";

afterEach(cleanup);

const dayMs = 86_400_000;
const backup = (id: string, daysAgo: number, more: Partial<Backup> = {}): Backup => ({
  id,
  madeAt: Date.now() - daysAgo * dayMs,
  reason: "day",
  sizeBytes: 2_000_000,
  contents: { chats: 12, messages: 340, newestAt: Date.now() - daysAgo * dayMs },
  ...more,
});
const listOf = (...backups: Backup[]): BackupList => ({
  backups,
  goneBy: backups[0] === undefined ? null : backups[0].madeAt + 30 * dayMs,
});

function open(first: BackupList, answers: Parameters<typeof fakeBridge>[0] = {}) {
  let kept = first;
  let restores = 0;
  const fake = fakeBridge({
    "backups.list": () => kept,
    "backups.restore": () => (kept = listOf(backup(`undo${++restores}`, 0, { reason: "restore" }), ...kept.backups)),
    "backups.make": () => (kept = listOf(backup("made", 0, { reason: "asked" }), ...kept.backups)),
    "backups.deleteAll": () => (kept = listOf()),
    ...answers,
  });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <BackupSection />
      <BackupNote count={1} onDelete={() => Promise.resolve()} />
    </StoresContext>,
  );
  return fake;
}
const press = async (name: string): Promise<boolean> => fireEvent.click(await screen.findByRole("button", { name }));

test("yesterday's backup is restored, and the restore is undone, each with one button", async () => {
  const { named } = open(listOf(backup("today", 0), backup("yesterday", 1), backup("older", 5)));
  await press("Restore from yesterday");
  expect(await screen.findByText("Restored. What there was before is in the list.")).toBeTruthy();
  await press("Undo restore");
  expect(await screen.findByText("The restore is undone")).toBeTruthy();
  expect(named("backups.restore")).toEqual([{ backupId: "yesterday" }, { backupId: "undo1" }]);
});

test("each backup says when and why it was made and what it holds; one that cannot be read offers nothing", async () => {
  const { named } = open(listOf(backup("a", 3), backup("b", 4, { contents: null, reason: "migration" })));
  const [, first, second] = await screen.findAllByRole("row");
  expect(first?.textContent).toContain("Daily12340");
  expect(second?.textContent).toContain("Before an update of the databasecannot be read");
  expect(within(second as HTMLElement).queryByRole("button")).toBeNull();
  fireEvent.click(within(first as HTMLElement).getByRole("button"));
  await waitFor(() => expect(named("backups.restore")).toEqual([{ backupId: "a" }]));
  expect(screen.queryByRole("button", { name: "Restore from yesterday" })).toBeNull();
});

test("without a backup it says so; one is made, and all are deleted on request", async () => {
  open(listOf());
  expect(await screen.findByText("There are no backups yet. The first one is made with the next change.")).toBeTruthy();
  await press("Back up now");
  expect(await screen.findByText("Backed up")).toBeTruthy();
  await press("Delete all…");
  expect(await screen.findByText("All backups are deleted")).toBeTruthy();
});

test("a restore that is refused says why and that the chats are unchanged", async () => {
  open(listOf(backup("yesterday", 1)), {
    "backups.restore": () => {
      throw new WorkbenchError("backup-not-restored", { case: "replying" });
    },
  });
  await press("Restore from yesterday");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("A backup is not restored while a reply is being written.");
  expect(alert.textContent).toContain("The chats are unchanged.");
});

test("a deleted chat says until when backups may contain it, and deletes them at once on request", async () => {
  const { named } = open(listOf(backup("today", 0)));
  expect(await screen.findByText(/^Backups may contain it until /)).toBeTruthy();
  await press("Delete backups now…");
  await waitFor(() => expect(named("backups.deleteAll")).toHaveLength(1));
  await waitFor(() => expect(screen.queryByText(/^Backups may contain it until /)).toBeNull());
});
