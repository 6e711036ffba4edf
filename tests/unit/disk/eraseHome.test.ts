import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../../electron/workbench/chats/openStore.ts";
import { eraseHome } from "../../../electron/workbench/disk/eraseHome.ts";
import { listDisk } from "../../../electron/workbench/disk/listDisk.ts";
import { planErase } from "../../../electron/workbench/disk/planErase.ts";
import { useHome } from "../../../electron/workbench/home/homeUse.ts";
import { beginErasing, isErasing } from "../../../electron/workbench/home/eraseJournal.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let work: string;
let home: string;
beforeEach(async () => {
  work = realpathSync(await temporaryFolder());
  home = join(work, "home");
  for (const name of ["settings.json", "settings.json.bak", "window.json", "connections.jsonl", "Local State"])
    write(name);
  for (const name of [
    "store/chats.db",
    "state/0123456789abcdef0123456789abcdef.bin",
    "browser/Cache/data_0",
    "logs/faults.log",
  ])
    write(name);
});

function write(path: string, content = "x"): void {
  const full = join(home, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}
const namesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();

/** Moves the models to another folder, as the app does. */
function moveModels(): string {
  const folder = join(work, "disk", "R1 Workbench models");
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(join(home, "models"), folder);
  symlinkSync(folder, join(home, "models"));
  return folder;
}

const entry = { sha256: "a".repeat(64), verified: true, sizeBytes: 1, modifiedMs: 1 };

test("without the user's wish nothing is erased", () => {
  // A home that cannot even be one is told by what creates it.
  expect(isErasing(join(home, "settings.json"))).toBe(false);
  const before = namesIn(home);
  eraseHome(home);
  expect(namesIn(home)).toEqual(before);
});

test("everything of the app goes, the journal last; what others put there stays", async () => {
  write("models/owner/model.gguf");
  write("models/.verified.json", JSON.stringify({ "owner/model.gguf": entry }));
  mkdirSync(join(home, "models", ".downloads", "0123456789abcdef"), { recursive: true });
  write("my notes.txt");
  write("SingletonCookie");
  await beginErasing(home);
  eraseHome(home);
  expect(namesIn(home)).toEqual(["SingletonCookie", "my notes.txt"]);
  expect(isErasing(home)).toBe(false);
});

test("what others put into the app's folders stays, and that is said before", async () => {
  write("models/owner/model.gguf");
  write("models/.verified.json", JSON.stringify({ "owner/model.gguf": entry }));
  const theirs = [
    "benchmarks/run.py",
    "browser/bookmarks.html",
    "logs/my-server.log",
    "models/mine/my-own.gguf",
    "pip Cache/wheel",
    "settings.json.mine",
    "state/notes.md",
    "store/shop.db",
    "updates/2026/news.md",
  ];
  const ours = ["browser/.r1-workbench/Preferences", "updates/.r1-workbench/r1-workbench-0.2.0.AppImage"];
  for (const path of [...theirs, ...ours, "benchmarks/lock", "benchmarks/2026-11-28-a.json", "store/owners/a.owner"])
    write(path);
  const { staying } = await planErase(home);
  // Folders that are theirs as a whole are named once.
  expect(staying).toEqual(theirs.map((path) => /^(pip Cache|updates\/2026)/.exec(path)?.[0] ?? path));
  const list = await listDisk(home);
  expect(list.find(({ kind }) => kind === "logs")).toMatchObject({ places: [join(home, "logs", "faults.log")] });
  await beginErasing(home);
  eraseHome(home);
  expect(namesIn(home).filter((path) => lstatSync(join(home, path)).isFile())).toEqual(theirs);
});

test("an erasure that was interrupted goes on at the next start", async () => {
  await beginErasing(home);
  // As if the power failed after the first files.
  rmSync(join(home, "settings.json"));
  rmSync(join(home, "store"), { recursive: true });
  expect(isErasing(home)).toBe(true);
  eraseHome(home);
  expect(namesIn(home)).toEqual([]);
});

describe.skipIf(process.platform === "win32")("links", () => {
  test("are removed and never followed", async () => {
    mkdirSync(join(work, "elsewhere"));
    writeFileSync(join(work, "elsewhere", "photo.jpg"), "x");
    rmSync(join(home, "state"), { recursive: true });
    symlinkSync(join(work, "elsewhere"), join(home, "state"));
    symlinkSync(join(work, "elsewhere"), join(home, "browser", "Cache", "link"));
    symlinkSync(join(work, "elsewhere", "photo.jpg"), join(home, "secrets.json"));
    await beginErasing(home);
    eraseHome(home);
    expect(namesIn(home)).toEqual([]);
    expect(namesIn(work)).toEqual(["elsewhere", "elsewhere/photo.jpg", "home"]);
  });

  test("of models in another folder, those that were downloaded go; the user's own stay", async () => {
    write("models/owner/repo/model.gguf");
    write("models/own.gguf");
    write("models/.downloads/0123456789abcdef/part-1");
    const keys = [
      "owner/repo/model.gguf",
      "../../home/../../victim.txt",
      "link/victim.txt",
      "gone.gguf",
      "",
      "own.gguf/x",
    ];
    write("models/.verified.json", JSON.stringify(Object.fromEntries(keys.map((key) => [key, entry]))));
    const folder = moveModels();
    writeFileSync(join(work, "victim.txt"), "x");
    symlinkSync(work, join(folder, "link"));

    const plan = await planErase(home);
    expect(plan.modelsFolder).toBe(folder);
    expect(plan.staying).toEqual([join(folder, "link"), join(folder, "own.gguf")]);
    const list = await listDisk(home);
    expect(list.find(({ kind, isOutside }) => kind === "models" && isOutside)).toMatchObject({
      places: [folder],
      count: 4,
    });
    expect(list.find(({ kind, isOutside }) => kind === "downloads" && isOutside)).toMatchObject({ count: 1 });

    await beginErasing(home);
    eraseHome(home);
    expect(namesIn(home)).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(["link", "own.gguf"]);
    expect(existsSync(join(work, "victim.txt"))).toBe(true);
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
  });

  test("a models folder of which nothing is left goes too", async () => {
    write("models/model.gguf");
    write("models/.verified.json", JSON.stringify({ "model.gguf": entry }));
    const folder = moveModels();
    await beginErasing(home);
    eraseHome(home);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(dirname(folder))).toBe(true);
  });

  test("while the disk with the models is missing, that is said before; the chats do not wait for it", async () => {
    write("models/model.gguf");
    write("models/.verified.json", JSON.stringify({ "model.gguf": entry }));
    const folder = moveModels();
    renameSync(folder, `${folder} away`);
    await expect(planErase(home)).rejects.toMatchObject({ code: "models-folder-missing", facts: { folder } });
    // If it is missing only once that has begun.
    await beginErasing(home);
    expect(() => eraseHome(home)).toThrow(
      expect.objectContaining({ code: "erase-blocked", facts: { case: "diskMissing", path: folder } }),
    );
    expect(namesIn(home)).toEqual(["erasing.json", "models"]);
    renameSync(`${folder} away`, folder);
    eraseHome(home);
    expect(namesIn(home)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });
});

test("while a command uses the home, nothing is erased", async () => {
  const [one, other] = [useHome(home), useHome(home)];
  await beginErasing(home);
  const inUse = expect.objectContaining({ code: "erase-blocked", facts: { case: "inUse" } }) as unknown as Error;
  expect(() => eraseHome(home)).toThrow(inUse);
  one?.release();
  expect(() => eraseHome(home)).toThrow(inUse);
  expect(existsSync(join(home, "settings.json"))).toBe(true);
  other?.release();
  eraseHome(home);
  expect(namesIn(home)).toEqual([]);
});

test("while another program has the chats open, nothing is erased", async () => {
  rmSync(join(home, "store"), { recursive: true });
  const { database, owner } = openStore(home);
  await beginErasing(home);
  expect(() => eraseHome(home)).toThrow(expect.objectContaining({ code: "erase-blocked", facts: { case: "inUse" } }));
  expect(existsSync(join(home, "settings.json"))).toBe(true);
  database.close();
  owner.release(true);
  eraseHome(home);
  expect(namesIn(home)).toEqual([]);
});

test("models that are being moved are in two places: erasing is refused until they have arrived", async () => {
  const move = { version: 1, from: join(home, "models"), to: join(work, "to"), renames: false, state: "copying" };
  write("models-move.json", JSON.stringify(move));
  await expect(planErase(home)).rejects.toMatchObject({ code: "models-moving" });
});

test("each kind is listed with its places, sizes and files; what nobody claims is other", async () => {
  write("my notes.txt", "1234");
  write("models/.downloads/0123456789abcdef/part-1", "12");
  write("models/m.gguf", "123");
  const list = await listDisk(home);
  const of = (kind: string) => list.find((each) => each.kind === kind);
  expect(of("settings")).toMatchObject({ count: 2, sizeBytes: 2, isOutside: false });
  expect(of("settings")?.places).toEqual([join(home, "settings.json"), join(home, "settings.json.bak")]);
  expect(of("models")).toMatchObject({ count: 1, sizeBytes: 3, places: [join(home, "models")] });
  expect(of("downloads")).toMatchObject({ count: 1, sizeBytes: 2 });
  expect(of("other")).toMatchObject({
    count: 1,
    sizeBytes: 4,
    files: [{ path: join(home, "my notes.txt"), sizeBytes: 4 }],
  });
  expect(of("setAside")).toBeUndefined();
});
