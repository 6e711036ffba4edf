import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, test } from "vitest";
import { runR1 } from "../../support/cli/runR1.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test.skipIf(process.platform === "win32")(
  "a home that was copied from a running app opens at another path, also in a newer form of the chats, and loses nothing",
  async () => {
    const { workbench, home } = await openTestWorkbench();
    const { id } = await workbench.call("chats.create", {});
    await workbench.call("chats.rename", { chatId: id, title: "From the other machine" });
    await workbench.call("settings.change", { contextSize: 2048 });
    await workbench.call("models.list", {});
    const copy = join(await temporaryFolder(), "a copy", "of home");
    cpSync(home, copy, { recursive: true });
    // Chromium's lock, of a process on the other machine.
    symlinkSync("other-machine-4242", join(copy, "SingletonLock"));

    const { workbench: copied } = await openTestWorkbench(copy);
    const titles = async () => (await copied.call("chats.list", {})).chats.map(({ title }) => title);
    expect(await titles()).toEqual(["From the other machine"]);
    expect(await copied.call("settings.get", {})).toMatchObject({ contextSize: 2048 });
    expect(await copied.call("models.list", {})).toMatchObject([{ id: "r1-nano", problems: [] }]);
    expect(await copied.call("notices.list", {})).toEqual([]);
    await copied.close();

    const path = join(copy, "store", "chats.db");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const before = readFileSync(path);
    const { workbench: older } = await openTestWorkbench(copy);
    await expect(older.call("chats.list", {})).rejects.toMatchObject({ code: "store-newer" });
    await expect(older.call("chats.create", {})).rejects.toMatchObject({ code: "store-newer" });
    expect(await older.call("models.list", {})).toHaveLength(1);
    expect(readFileSync(path).equals(before)).toBe(true);
    const { status, stdout } = await runR1(["doctor", "--json"], { home: copy });
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { name: string; ok: boolean }[]).filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ name: "store", next: expect.stringMatching(/^Update the app/) }),
    ]);
    expect(readFileSync(path).equals(before)).toBe(true);
  },
);
