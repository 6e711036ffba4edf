import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { problemOf, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { GgufFacts } from "../../../electron/contract/models.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import type { AppFolder } from "../../../electron/workbench/models/appFolders.ts";
import { deleteModel } from "../../../electron/workbench/models/deleteModel.ts";
import { catalogNames } from "../../../electron/workbench/catalog/catalogNames.ts";
import { knownDownload } from "../../../electron/workbench/downloads/knownDownload.ts";
import { rememberVerified } from "../../../electron/workbench/downloads/VerifiedFiles.ts";
import { createLibrary, type Library } from "../../../electron/workbench/models/library.ts";
import { fingerprint } from "../../../electron/workbench/models/modelFiles.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { openSettingsStore, type SettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { ggufBytes, scalar } from "../../support/GgufPlan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";

const catalogFile = fileURLToPath(new URL("../../../resources/catalog.json", import.meta.url));
const builtInFolder = fileURLToPath(new URL("../../../resources/models", import.meta.url));

interface Machine {
  home: string;
  models: string;
  settings: SettingsStore;
  /** Opens a library as after a restart, with nothing in memory. */
  open: () => Library;
  /** The paths that were read, in order. */
  inspected: string[];
  inspect: (path: string) => Promise<GgufFacts>;
  changes: number;
  /** The folders of other apps. */
  folders: AppFolder[];
}

async function machine(): Promise<Machine> {
  const home = await temporaryFolder();
  const models = join(home, "models");
  await mkdir(models);
  const settings = await openSettingsStore({ home });
  const made: Machine = {
    home,
    models,
    settings,
    inspected: [],
    inspect: readFacts,
    changes: 0,
    folders: [],
    open: () =>
      createLibrary({
        builtInFolder,
        home,
        settings,
        use: createModelUse(home),
        foreign: () => Promise.resolve(made.folders),
        download: (path) => knownDownload({ modelsFolder: models, nameOf: catalogNames(catalogFile) }, path),
        inspect(path) {
          made.inspected.push(path);
          return made.inspect(path);
        },
        onChange: () => made.changes++,
      }),
  };
  return made;
}

async function writeTiny(path: string, name?: string): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const plan = tinyLlama();
  const stated = plan.keys.find(({ key }) => key === "general.name");
  if (name !== undefined && stated !== undefined) stated.value = scalar("string", name);
  await writeFile(path, ggufBytes(plan));
}

test("a file is read once for all who ask for the list meanwhile", async () => {
  const { open, inspected, ...made } = await machine();
  const library = open();
  const lists = await Promise.all(Array.from({ length: 20 }, () => library.list()));
  expect(inspected).toHaveLength(1);
  for (const list of lists) expect(list).toEqual(lists[0]);
  await writeTiny(join(made.models, "new.gguf"));
  await Promise.all([library.list(), library.list()]);
  expect(inspected).toHaveLength(2);
});

test("a new home has the built-in model, and it is the default", async () => {
  const library = (await machine()).open();
  const [nano, ...others] = await library.list();
  expect(nano).toMatchObject({ id: "r1-nano", builtIn: true, family: "r1", problems: [] });
  expect(others).toEqual([]);
  expect(await library.choose(null)).toEqual(nano);
});

const qwen = "DeepSeek-R1-Distill-Qwen-1.5B";
const inside = "DeepSeek R1 Distill Qwen 1.5B";

test("a model downloaded from the catalogue has the name that it was offered under, not the one inside", async () => {
  const { models, open } = await machine();
  const path = join(models, "unsloth", `${qwen}-GGUF`, `${qwen}-Q4_K_M.gguf`);
  await writeTiny(path, inside);
  await rememberVerified(models, path, "a".repeat(64), true);
  const named = async () => (await open().list()).find(({ source }) => source.path === path);
  expect(await named()).toMatchObject({ id: `${qwen}-Q4_K_M`.toLowerCase(), name: "R1-Distill-Qwen-1.5B" });
  // Another file in its place is not the model that was downloaded.
  await writeTiny(path, "R1-0528");
  expect(await named()).toMatchObject({ id: `${qwen}-Q4_K_M`.toLowerCase(), name: "R1-0528", verified: null });
});

test("a model downloaded from elsewhere keeps the name of its file, without the quantization; imported or laid into the folder, the one inside", async () => {
  const { home, models, open } = await machine();
  const library = open();
  const laid = join(models, "unsloth", `${qwen}-GGUF`, `${qwen}-Q4_K_M.gguf`);
  const elsewhere = join(models, "someone", `${qwen}-GGUF`, `${qwen}-Q4_K_M.gguf`);
  const imported = join(home, "own", `${qwen}-Q4_K_M.gguf`);
  for (const path of [laid, elsewhere, imported]) await writeTiny(path, inside);
  await rememberVerified(models, elsewhere, "a".repeat(64), true);
  expect((await library.link(imported)).name).toBe(inside);
  expect((await library.list()).map(({ name }) => name)).toEqual(["R1 Nano", qwen, inside, inside]);
});

test("models in folders of the home are found, whatever the case of their extension", async () => {
  const { models, open } = await machine();
  await writeTiny(join(models, "Some Org", "Tiny Model (v2).GGUF"));
  await writeTiny(join(models, "a", "b", "deep.gguf"));
  await writeTiny(join(models, "a", "b", "c", "d", "too-deep.gguf"));
  await writeFile(join(models, "notes.txt"), "not a model");
  const ids = (await open().list()).map(({ id }) => id);
  expect(ids).toEqual(["r1-nano", "tiny-model-v2", "deep"]);
});

test("files of the same name have different ids, which do not change", async () => {
  const { models, open } = await machine();
  await writeTiny(join(models, "a", "tiny.gguf"));
  await writeTiny(join(models, "b", "tiny.gguf"));
  const first = (await open().list()).map(({ id, source }) => [id, source.path]);
  expect(new Set(first.map(([id]) => id)).size).toBe(3);
  expect(first[2]?.[0]).toMatch(/^tiny-[0-9a-f]{6}$/);
  expect((await open().list()).map(({ id, source }) => [id, source.path])).toEqual(first);
});

test("a new file of the same name takes no id away, whether it comes first in order or replaces the file", async () => {
  const { models, open } = await machine();
  const library = open();
  await writeTiny(join(models, "b", "tiny.gguf"));
  await library.list();
  await writeTiny(join(models, "a", "tiny.gguf"));
  await library.list();
  expect((await library.choose("tiny")).source).toMatchObject({ path: join(models, "b", "tiny.gguf") });
  await rm(join(models, "b", "tiny.gguf"));
  await library.list();
  await expect(library.choose("tiny")).rejects.toMatchObject({ code: "model-not-found" });
});

test("the id of a file that is not listed is valid for as long as the app runs", async () => {
  const { home, open } = await machine();
  const library = open();
  const path = join(home, "elsewhere", "tiny.gguf");
  await writeTiny(path);
  const { id } = await library.named(path);
  expect((await library.choose(id)).source).toMatchObject({ path: path });
  expect((await library.answering(id)).source).toMatchObject({ path: path });
  expect((await library.list()).map(({ source }) => source.path)).not.toContain(path);
});

test.skipIf(process.platform === "win32")(
  "linked folders are followed, each real location once, and cycles end",
  async () => {
    const { home, models, open, settings } = await machine();
    const outside = await temporaryFolder();
    await writeTiny(join(outside, "disk", "far.gguf"));
    await writeTiny(join(outside, "disk", "deeper", "farther.gguf"));
    await writeTiny(join(outside, "single.gguf"));
    await writeTiny(join(models, "own.gguf"));
    await symlink(join(outside, "disk"), join(models, "a-link"));
    await symlink(join(outside, "disk"), join(models, "b-link"));
    await symlink(join(outside, "disk", "deeper"), join(models, "c-link"));
    await symlink(models, join(outside, "disk", "circle"));
    await symlink(models, join(models, "self"));
    await symlink(join(models, "own.gguf"), join(models, "again.gguf"));
    await symlink(join(outside, "single.gguf"), join(models, "single.gguf"));
    await settings.change({ linkedModels: [join(outside, "disk", "far.gguf"), join(outside, "single.gguf")] });
    const library = open();
    const listed = (await library.list()).map(({ id, owner }) => `${id} ${owner}`);
    const expected = ["far linked", "farther linked", "own downloads", "r1-nano app", "single linked"];
    expect(listed.toSorted((one, other) => one.localeCompare(other))).toEqual(expected);
    // A file that is already listed is not linked again under another name.
    expect((await library.link(join(models, "b-link", "deeper", "farther.gguf"))).id).toBe("farther");
    expect(settings.get().linkedModels).toHaveLength(2);
    // The home itself may be a link as well.
    const home2 = join(outside, "home");
    await symlink(home, home2);
    expect((await library.named(join(home2, "models", "own.gguf"))).id).toBe("own");
  },
);

test.skipIf(process.platform === "win32")(
  "the app may not delete the target of a link in the models folder",
  async () => {
    const { models, open } = await machine();
    const path = join(await temporaryFolder(), "foreign.gguf");
    await writeTiny(path);
    await symlink(path, join(models, "foreign.gguf"));
    const library = open();
    const model = await library.chooseFile("foreign");
    await expect(deleteModel(model, () => Promise.resolve())).rejects.toMatchObject({ code: "model-not-deletable" });
    await expect(library.forget(model)).rejects.toMatchObject({
      code: "model-not-deletable",
      facts: { case: "inFolder" },
    });
  },
);

test.skipIf(process.platform === "win32")(
  "the models folder may be a link to another disk; its models are the app's own",
  async () => {
    const { models, open } = await machine();
    const disk = join(await temporaryFolder(), "disk");
    await mkdir(disk);
    await rm(models, { recursive: true });
    await symlink(disk, models);
    await writeTiny(join(models, "own.gguf"));
    const [, own] = await open().list();
    expect(own).toMatchObject({ source: { path: join(models, "own.gguf") }, owner: "downloads" });
  },
);

test("a broken file is listed with its problem beside the valid ones", async () => {
  const { models, open } = await machine();
  await writeFile(join(models, "broken.gguf"), "<html>");
  await writeFile(join(models, "empty.gguf"), "");
  await mkdir(join(models, "folder.gguf"));
  const models3 = await open().list();
  expect(models3.map(({ id, problems }) => [id, problems[0]?.code])).toEqual([
    ["r1-nano", undefined],
    ["broken", "model-not-gguf"],
    ["empty", "model-file-empty"],
  ]);
});

test("a split model counts once, and a missing part of it is a problem", async () => {
  const { models, open } = await machine();
  const whole = tinyLlama();
  for (const index of [0, 1]) {
    const keys = [
      ...(index === 0 ? whole.keys : []),
      { key: "split.no", value: scalar("uint16", index) },
      { key: "split.count", value: scalar("uint16", 2) },
    ];
    const plan = { ...whole, keys, tensors: index === 0 ? whole.tensors.slice(0, 6) : whole.tensors.slice(6) };
    await writeFile(join(models, `big-0000${index + 1}-of-00002.gguf`), ggufBytes(plan));
  }
  const [, split, ...others] = await open().list();
  expect(split).toMatchObject({ id: "big", problems: [] });
  expect(others).toEqual([]);
  await rm(join(models, "big-00002-of-00002.gguf"));
  expect((await open().list())[1]).toMatchObject({ id: "big", problems: [{ code: "model-truncated" }] });
});

test("files are read once, also across restarts, and again when they change", async () => {
  const { models, open, inspected } = await machine();
  const path = join(models, "tiny.gguf");
  await writeTiny(path);
  const library = open();
  await library.list();
  await library.list();
  await open().list();
  expect(inspected).toHaveLength(2);
  await writeFile(path, "no longer a model");
  expect((await open().list())[1]?.problems).toMatchObject([{ code: "model-not-gguf" }]);
});

test("a file that a busy machine did not read in time is read again, and not listed as damaged for good", async () => {
  const made = await machine();
  await writeTiny(join(made.models, "tiny.gguf"));
  let isBusy = true;
  made.inspect = (path) =>
    isBusy
      ? Promise.reject(new WorkbenchError("model-file-unreadable", { case: "slow", seconds: 30 }))
      : readFacts(path);
  const problemsIn = async () => (await made.open().list()).map(({ problems }) => problems.map(({ code }) => code));
  expect(await problemsIn()).toEqual([["model-file-unreadable"], ["model-file-unreadable"]]);
  isBusy = false;
  expect(await problemsIn()).toEqual([[], []]);
});

test("a damaged cache costs only time", async () => {
  const { home, open, inspected } = await machine();
  await open().list();
  await writeFile(join(home, "inspections.json"), '{"reader":"1","files":{"x":{}}}');
  expect(await open().list()).toHaveLength(1);
  expect(inspected).toHaveLength(2);
  expect(JSON.parse(await readFile(join(home, "inspections.json"), "utf8"))).toHaveProperty("files");
});

test("linking leaves a file in its place, and lists it once", async () => {
  const made = await machine();
  const { open, settings } = made;
  const elsewhere = join(await temporaryFolder(), "Elsewhere.gguf");
  await writeTiny(elsewhere);
  const library = open();
  const linked = await library.link(elsewhere);
  expect(linked).toMatchObject({ id: "elsewhere", source: { path: elsewhere }, builtIn: false });
  await library.link(elsewhere);
  expect(settings.get().linkedModels).toEqual([elsewhere]);
  expect((await open().list()).map(({ id }) => id)).toEqual(["r1-nano", "elsewhere"]);
  expect(made.changes).toBe(1);
});

test("a file that cannot be used is not linked", async () => {
  const { models, open, settings } = await machine();
  const page = join(models, "..", "page.gguf");
  await writeFile(page, "<!doctype html>");
  await expect(open().link(page)).rejects.toMatchObject({ code: "model-not-gguf" });
  await expect(open().link(models)).rejects.toMatchObject({ code: "model-is-folder" });
  await expect(open().link(join(models, "gone.gguf"))).rejects.toMatchObject({ code: "model-file-missing" });
  const mute = tinyLlama();
  mute.keys = mute.keys.filter(({ key }) => key !== "tokenizer.chat_template");
  await writeFile(page, ggufBytes(mute));
  await expect(open().link(page)).rejects.toMatchObject({ code: "model-not-chat" });
  expect(settings.get().linkedModels).toEqual([]);
});

test("a linked file that has disappeared is listed with that problem", async () => {
  const { open, settings } = await machine();
  await settings.change({ linkedModels: [join(await temporaryFolder(), "unplugged.gguf")] });
  expect((await open().list())[1]).toMatchObject({ id: "unplugged", problems: [{ code: "model-file-missing" }] });
});

test("the user names a model by id or by path; an id is never read as a path", async () => {
  const { models, open } = await machine();
  const path = join(models, "tiny.gguf");
  await writeTiny(path);
  const library = open();
  expect((await library.choose("tiny")).source).toMatchObject({ path: path });
  expect((await library.named("tiny")).source).toMatchObject({ path: path });
  expect((await library.named(path)).id).toBe("tiny");
  const elsewhere = join(await temporaryFolder(), "tiny.gguf");
  await copyFile(path, elsewhere);
  expect((await library.named(elsewhere)).id).toMatch(/^tiny-[0-9a-f]{6}$/);
  await expect(library.named("no-such-model")).rejects.toMatchObject({ code: "model-not-found" });
  await expect(library.named("/no/such/file.gguf")).rejects.toMatchObject({ code: "model-file-missing" });
  for (const id of [path, elsewhere, "tiny.gguf", "no-such-model", "../tiny", ""]) {
    await expect(library.choose(id)).rejects.toMatchObject({ code: "model-not-found" });
    expect((await library.answering(id)).id).toBe("r1-nano");
  }
});

test("a chosen or default model that was deleted is replaced by the next, for every caller", async () => {
  const { models, open, settings } = await machine();
  await writeTiny(join(models, "chosen.gguf"));
  await writeTiny(join(models, "usual.gguf"));
  await settings.change({ defaultModelId: "usual" });
  const library = open();
  expect((await library.answering("chosen")).id).toBe("chosen");
  expect((await library.choose(null)).id).toBe("usual");
  await rm(join(models, "chosen.gguf"));
  expect((await library.answering("chosen")).id).toBe("usual");
  await rm(join(models, "usual.gguf"));
  expect((await library.answering("chosen")).id).toBe("r1-nano");
  expect((await library.choose(null)).id).toBe("r1-nano");
});

test("a default model that broke is replaced by one that works", async () => {
  const { models, open, settings } = await machine();
  await writeFile(join(models, "broken.gguf"), "<html>");
  await settings.change({ defaultModelId: "broken" });
  expect((await open().choose(null)).id).toBe("r1-nano");
});

test("another app's model is offered, adopted in place, listed when it disappears, and can be forgotten", async () => {
  const made = await machine();
  const folder = await temporaryFolder();
  const path = join(folder, "publisher", "repo", "R1-Tiny.gguf");
  await writeTiny(path);
  made.folders = [{ owner: "lm-studio", folder }];
  const library = made.open();
  expect(await library.foreign()).toMatchObject([{ owner: "lm-studio", path, name: "R1-Tiny" }]);
  expect(await library.adopt([path, "/etc/passwd"])).toMatchObject([
    { owner: "lm-studio", source: { path }, problems: [] },
  ]);
  expect(await library.foreign()).toEqual([]);
  await rm(path);
  const [, vanished] = await made.open().list();
  expect(vanished).toMatchObject({ owner: "lm-studio", problems: [{ code: "model-file-missing" }] });
  if (vanished === undefined) throw new Error("not listed");
  await library.forget(vanished);
  expect(await library.list()).toHaveLength(1);
  await expect(library.forget(vanished)).rejects.toMatchObject({ code: "model-not-deletable" });
});

test("a model that crashed the engine is marked, is not chosen silently, and as the default says why", async () => {
  const { models, open, settings, home } = await machine();
  const path = join(models, "crasher.gguf");
  await writeTiny(path);
  const use = createModelUse(home);
  const print = await fingerprint({ path, paths: [path] });
  await use.crashed(
    { id: "crasher", source: { kind: "file", path }, fingerprint: print },
    problemOf("engine-out-of-memory", { case: "holding", used: 7e9 }, "signal SIGABRT"),
    false,
  );
  const library = open();
  const problem = {
    code: "model-crashed-engine",
    facts: { case: "memory" },
    detail: expect.stringContaining("SIGABRT") as string,
  };
  expect((await library.list())[1]?.problems).toMatchObject([problem]);
  expect((await library.choose(null)).id).toBe("r1-nano");
  await settings.change({ defaultModelId: "crasher" });
  expect((await library.choose(null)).problems).toMatchObject([problem]);
});

test("at most four files are read at once, and 200 come from the cache", { timeout: 20_000 }, async () => {
  const { models, settings, home } = await machine();
  for (let index = 0; index < 200; index++) await writeTiny(join(models, `m${String(index).padStart(3, "0")}.gguf`));
  let now = 0;
  let most = 0;
  let reads = 0;
  const openOnce = () =>
    createLibrary({
      builtInFolder,
      home,
      settings,
      use: createModelUse(home),
      async inspect(path) {
        reads++;
        most = Math.max(most, ++now);
        const facts = await readFacts(path);
        now--;
        return facts;
      },
    });
  const first = await openOnce().list();
  expect(first.map(({ id }) => id)).toEqual(
    first.map(({ id }) => id).toSorted((a, b) => (a === "r1-nano" ? -1 : b === "r1-nano" ? 1 : a < b ? -1 : 1)),
  );
  expect(most).toBe(4);
  expect(await openOnce().list()).toEqual(first);
  expect(reads).toBe(201);
});

test("an impossible path is a missing file, in the settings too", async () => {
  const { settings, open } = await machine();
  await expect(open().link("x\0.gguf")).rejects.toMatchObject({ code: "model-file-missing" });
  await settings.change({ linkedModels: ["/x\0.gguf"] });
  const [nano, impossible] = await open().list();
  expect(nano?.problems).toEqual([]);
  expect(impossible?.problems).toMatchObject([{ code: "model-file-missing" }]);
});
