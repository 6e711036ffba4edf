import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import { appliedTuningSchema } from "../../../electron/contract/tune.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { createLibrary } from "../../../electron/workbench/models/library.ts";
import { fingerprint } from "../../../electron/workbench/models/modelFiles.ts";
import { ModelRecords } from "../../../electron/workbench/models/ModelRecords.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { ggufBytes } from "../../support/GgufPlan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";

const builtInFolder = fileURLToPath(new URL("../../../resources/models", import.meta.url));
const figures = { median: 20, lowerQuartile: 19, upperQuartile: 21 };
const tuned = {
  changes: [{ setting: "threads", to: 2, label: "2 threads instead of 4" }],
  before: { reading: figures, writing: figures, replySeconds: 20 },
  after: { reading: figures, writing: figures, replySeconds: 10 },
  faster: 2,
  lossy: false,
  sameOutput: true,
  comparedTokens: 9,
  appliedAt: 5,
  previous: { threads: 4 },
};

/** Creates a home as the previous release left it, in which what belongs to a model is stored by its file's path. */
async function earlierHome() {
  const home = await temporaryFolder();
  const path = join(home, "models", "tiny.gguf");
  await mkdir(join(home, "models"));
  await writeFile(path, ggufBytes(tinyLlama()));
  const print = await fingerprint({ path, paths: [path] });
  const use = {
    fingerprint: print,
    lastUsedAt: 1000,
    tokensPerSecond: [20, 22, 24],
    crashes: 1,
    mark: { at: 2000, reason: "Signal SIGABRT." },
    loading: null,
  };
  const choices = { ...modelChoicesSchema.parse({}), temperature: 0.3, threads: 2 };
  const gone = "/gone/other.gguf";
  await writeFile(join(home, "model-use.json"), JSON.stringify({ models: { [path]: use, [gone]: use } }));
  await writeFile(join(home, "model-choices.json"), JSON.stringify({ [path]: choices, [gone]: choices }));
  await writeFile(join(home, "tunings.json"), JSON.stringify({ [path]: tuned }));
  return { home, path, choices, print };
}

async function open(home: string) {
  const settings = await openSettingsStore({ home });
  const use = createModelUse(home);
  const library = createLibrary({
    builtInFolder,
    home,
    settings,
    use,
    inspect: readFacts,
    foreign: () => Promise.resolve([]),
  });
  const choices = createChoicesStore(home);
  const tunings = new ModelRecords(join(home, "tunings.json"), appliedTuningSchema);
  return { library, use, choices, tunings };
}

const keysOf = async (home: string, name: string): Promise<string[]> => {
  const json = JSON.parse(await readFile(join(home, name), "utf8")) as Record<string, object>;
  return Object.keys(name === "model-use.json" ? (json["models"] ?? {}) : json);
};

test("what an earlier release stored by path is found by the model's id: choices, use, mark and tuning", async () => {
  const { home, choices: chosen } = await earlierHome();
  const { library, choices, tunings } = await open(home);
  const model = await library.choose("tiny");
  expect(model).toMatchObject({ lastUsedAt: 1000, measuredTokensPerSecond: 22 });
  expect(model.problems).toMatchObject([{ code: "model-crashed-engine" }]);
  expect(await choices.get(model)).toEqual(chosen);
  expect(await tunings.get(model)).toMatchObject({ faster: 2, previous: { threads: 4 } });
});

test("it is written again by id alone, and what was stored for other files stays", async () => {
  const { home, print, choices: chosen } = await earlierHome();
  const { library, use, choices, tunings } = await open(home);
  const model = await library.choose("tiny");
  await use.clearMark(model);
  await use.replied({ ...model, fingerprint: print }, { tokens: 50, tokensPerSecond: 26 });
  await choices.set(model, { ...chosen, topK: 5 });
  await tunings.set(model, null);
  expect(await keysOf(home, "model-use.json")).toEqual(["/gone/other.gguf", "tiny"]);
  expect(await keysOf(home, "model-choices.json")).toEqual(["/gone/other.gguf", "tiny"]);
  expect(await keysOf(home, "tunings.json")).toEqual([]);
  const after = await open(home);
  expect(await after.library.choose("tiny")).toMatchObject({ measuredTokensPerSecond: 23, problems: [] });
  expect(await after.choices.get(model)).toEqual({ ...chosen, topK: 5 });
});

test("a file that is moved keeps its choices and use with its id", async () => {
  const { home, path, choices: chosen } = await earlierHome();
  const first = await open(home);
  const model = await first.library.choose("tiny");
  await first.choices.set(model, chosen);
  await first.use.clearMark(model);
  await mkdir(join(home, "models", "sorted"));
  await rename(path, join(home, "models", "sorted", "tiny.gguf"));
  const { library, choices } = await open(home);
  const moved = await library.choose("tiny");
  expect(moved.source).toMatchObject({ path: join(home, "models", "sorted", "tiny.gguf") });
  expect(await choices.get(moved)).toEqual(chosen);
  expect(moved).toMatchObject({ lastUsedAt: 1000, problems: [] });
});

test("of two files with one name, the remaining one keeps its own id after the other is deleted, across restarts", async () => {
  const home = await temporaryFolder();
  const paths = ["a", "b"].map((folder) => join(home, "models", folder, "tiny.gguf"));
  for (const path of paths) {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, ggufBytes(tinyLlama()));
  }
  const first = await open(home);
  const [, plain, other] = await first.library.list();
  if (plain === undefined || other === undefined) throw new Error("not listed");
  await first.choices.set(plain, modelChoicesSchema.parse({ topK: 1 }));
  await first.choices.set(other, modelChoicesSchema.parse({ topK: 2 }));
  await rm(paths[0] ?? "");
  const second = await open(home);
  const [, left] = await second.library.list();
  expect(left).toMatchObject({ id: other.id, source: { path: paths[1] } });
  expect(await second.choices.get(other)).toMatchObject({ topK: 2 });
});

test("a file that the terminal opened by path keeps its id when it is added to the list", async () => {
  const home = await temporaryFolder();
  const path = join(await temporaryFolder(), "tiny.gguf");
  await writeFile(path, ggufBytes(tinyLlama()));
  const opened = await (await open(home)).library.named(path);
  const { library } = await open(home);
  expect((await library.link(path)).id).toBe(opened.id);
  expect((await library.list())[1]?.id).toBe(opened.id);
});
