import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { DiskList, ErasableKind } from "../../../electron/contract/disk.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { openDisk } from "../../../electron/workbench/disk/openDisk.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function opened(isConfirmed?: boolean) {
  const home = await temporaryFolder();
  const damaged = join(home, "quarantine", "2026-11-28T10-00-00.000Z", "chats.db");
  mkdirSync(join(damaged, ".."), { recursive: true });
  writeFileSync(damaged, "damaged");
  mkdirSync(join(home, "logs"));
  for (const name of ["faults.log", "my-server.log"]) writeFileSync(join(home, "logs", name), "x");
  const eraseAll = vi.fn(() => Promise.resolve());
  const confirmErase = vi.fn(() => Promise.resolve(isConfirmed === true));
  const disk = openDisk({
    home,
    settings: { get: () => settingsSchema.parse({}) },
    chats: { count: () => Promise.resolve(3), eraseAll },
    forgetStates: () => Promise.resolve(),
    ...(isConfirmed !== undefined && { confirmErase }),
    onEvent: () => undefined,
  });
  const erase = async (kind: ErasableKind): Promise<DiskList | null> => await disk.handlers["disk.erase"]({ kind });
  return { home, damaged, eraseAll, confirmErase, erase };
}

test.each([undefined, false])("no page can erase chats by itself (%s)", async (isConfirmed) => {
  const { damaged, eraseAll, erase } = await opened(isConfirmed);
  expect(await erase("chats")).toBeNull();
  expect(await erase("setAside")).toBeNull();
  expect(eraseAll).not.toHaveBeenCalled();
  expect(existsSync(damaged)).toBe(true);
});

test("chats are erased once the user has confirmed that", async () => {
  const { damaged, eraseAll, confirmErase, erase } = await opened(true);
  expect(await erase("chats")).toMatchObject({ chats: 3 });
  expect(await erase("setAside")).toMatchObject({ chats: 3 });
  expect(confirmErase.mock.calls).toEqual([[{ kind: "chats", count: 3 }], [{ kind: "setAside" }]]);
  expect(eraseAll).toHaveBeenCalledOnce();
  expect(existsSync(damaged)).toBe(false);
});

test("what can be had again is erased without a question, but nothing that the app did not write", async () => {
  const { home, confirmErase, erase } = await opened(true);
  expect((await erase("logs"))?.entries.map(({ kind }) => kind)).toEqual(["setAside", "other"]);
  expect(confirmErase).not.toHaveBeenCalled();
  expect(existsSync(join(home, "logs", "my-server.log"))).toBe(true);
});
