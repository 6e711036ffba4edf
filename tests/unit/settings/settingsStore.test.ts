import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Settings, settingsSchema } from "../../../electron/contract/settings.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const defaults = settingsSchema.parse({});

test("an empty home gives the defaults and writes nothing", async () => {
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  expect(settings.get()).toEqual(defaults);
  expect(await readdir(home)).toEqual([]);
});

test("a change is reported, merged and read back", async () => {
  const home = await temporaryFolder();
  const told: Settings[] = [];
  const settings = await openSettingsStore({ home });
  settings.changed.on((changed) => told.push(changed));
  await settings.change({ theme: "dark" });
  await settings.change({ contextSize: 4096, theme: undefined });
  const expected = { ...defaults, theme: "dark", contextSize: 4096 };
  expect(told.at(-1)).toEqual(expected);
  expect((await openSettingsStore({ home })).get()).toEqual(expected);
});

test("simultaneous changes are all made, in order", async () => {
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  const sizes = [1024, 2048, 4096, 8192];
  await Promise.all([
    ...sizes.map((contextSize) => settings.change({ contextSize })),
    settings.change({ theme: "light" }),
  ]);
  expect((await openSettingsStore({ home })).get()).toMatchObject({ contextSize: 8192, theme: "light" });
});

test("an invalid change changes nothing, and the next one works", async () => {
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  await expect(settings.change({ contextSize: 1 })).rejects.toThrow();
  expect(settings.get()).toEqual(defaults);
  await expect(settings.change({ contextSize: 512 })).resolves.toMatchObject({ contextSize: 512 });
});

test.each(["", "{", '{"theme":"plaid"}', "null", "\u0000\u0000\u0000"])(
  "damaged file %j: the backup is used",
  async (damage) => {
    const home = await temporaryFolder();
    const before = await openSettingsStore({ home });
    await before.change({ theme: "dark" });
    await before.change({ contextSize: 2048 });
    await writeFile(join(home, "settings.json"), damage);
    const after = await openSettingsStore({ home });
    expect(after.get()).toEqual({ ...defaults, theme: "dark" });
    expect(await readFile(after.damagedFile ?? "", "utf8")).toBe(damage);
  },
);

test("a damaged file does not turn Offline off", async () => {
  const home = await temporaryFolder();
  await (await openSettingsStore({ home })).change({ offline: true });
  await writeFile(join(home, "settings.json"), "{");
  expect((await openSettingsStore({ home })).get().offline).toBe(true);
});

test("file and backup damaged: the defaults are used, and the original is kept", async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, "settings.json"), "not json");
  await writeFile(join(home, "settings.json.bak"), "nor this");
  const settings = await openSettingsStore({ home });
  expect(settings.get()).toEqual(defaults);
  expect(await readFile(settings.damagedFile ?? "", "utf8")).toBe("not json");
  await settings.change({ theme: "dark" });
  expect((await openSettingsStore({ home })).get().theme).toBe("dark");
});

test("fields of another version are ignored, the known ones kept", async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, "settings.json"), JSON.stringify({ theme: "dark", fromTheFuture: true }));
  expect((await openSettingsStore({ home })).get()).toEqual({ ...defaults, theme: "dark" });
});

test.each(["de", "zh-TW", "", null, 5])(
  "language %j of another version is the system's, and the rest is kept",
  async (language) => {
    const home = await temporaryFolder();
    await writeFile(join(home, "settings.json"), JSON.stringify({ language, theme: "dark", contextSize: 1024 }));
    const settings = await openSettingsStore({ home });
    expect(settings.damagedFile).toBeNull();
    expect(settings.get()).toEqual({ ...defaults, language: "system", theme: "dark", contextSize: 1024 });
  },
);

test("the switch of earlier versions for leaving out the oldest messages is a choice now", async () => {
  const choiceOf = async (stored: object) => {
    const home = await temporaryFolder();
    await writeFile(join(home, "settings.json"), JSON.stringify({ theme: "dark", ...stored }));
    const settings = await openSettingsStore({ home });
    expect(settings.get().theme).toBe("dark");
    return settings.get().longChats;
  };
  expect(await choiceOf({ dropOldest: true })).toBe("dropOldest");
  expect(await choiceOf({ dropOldest: false })).toBe("ask");
  expect(await choiceOf({ dropOldest: true, longChats: "summarize" })).toBe("summarize");
  expect(await choiceOf({ longChats: "of another version" })).toBe("ask");
});

test("what another process changes is followed, and a change here does not undo it", async () => {
  const home = await temporaryFolder();
  const [ours, theirs] = [await openSettingsStore({ home }), await openSettingsStore({ home })];
  const told: Settings[] = [];
  ours.changed.on((changed) => told.push(changed));
  const unfollow = ours.follow();
  await theirs.change({ offline: true });
  await expect.poll(() => ours.get().offline).toBe(true);
  expect(told).toEqual([{ ...defaults, offline: true }]);
  unfollow();

  await theirs.change({ theme: "dark" });
  await ours.change({ contextSize: 4096 });
  const both = { ...defaults, offline: true, theme: "dark", contextSize: 4096 };
  expect(ours.get()).toEqual(both);
  expect((await openSettingsStore({ home })).get()).toEqual(both);
});

test("a file that another process has damaged or removed changes nothing", async () => {
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  await settings.change({ offline: true });
  await writeFile(join(home, "settings.json"), "{");
  await settings.readAgain();
  expect(settings.get().offline).toBe(true);
  await rm(join(home, "settings.json"));
  await settings.readAgain();
  expect(settings.get().offline).toBe(true);
});
