import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileModel } from "../../../electron/contract/models.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { type ModelsOptions, openModels } from "../../../electron/workbench/models/openModels.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { nano } from "../renderer/fakeBridge.ts";

const own: FileModel = {
  ...nano,
  id: "own",
  source: { kind: "file", path: "/models/own.gguf" },
  builtIn: false,
  owner: "downloads",
};
const linked: FileModel = {
  ...own,
  id: "linked",
  source: { kind: "file", path: "/elsewhere/linked.gguf" },
  owner: "linked",
};

/** Opens the handlers on parts that record what was done, in order. */
function open({ inUse = false, isMoving = false, owned = own } = {}) {
  const done: string[] = [];
  const options = {
    library: {
      chooseFile: (id: string) => Promise.resolve(id === "own" ? owned : linked),
      forget: ({ id }: FileModel) => Promise.resolve(void done.push(`forget ${id}`)),
    },
    engines: {
      release: ({ id }: FileModel) =>
        inUse ? Promise.reject(new WorkbenchError("model-in-use")) : Promise.resolve(void done.push(`release ${id}`)),
    },
    choices: {},
    folder: { isMoving, state: () => Promise.resolve({ path: "/models" }) },
    trash: (path: string) => Promise.resolve(void done.push(`trash ${path}`)),
    forgetDownload: (path: string) => Promise.resolve(void done.push(`forget download ${path}`)),
    onChange: () => undefined,
  };
  return { ...openModels(options as unknown as ModelsOptions), done };
}

test("no downloaded model is deleted while the models are being moved, because its copy would stay", async () => {
  const { handlers, done } = open({ isMoving: true });
  await expect(handlers["models.delete"]({ modelId: "own" })).rejects.toMatchObject({ code: "models-moving" });
  expect(done).toEqual([]);
});

test("a deleted model is no longer listed as downloaded", async () => {
  const path = join(await temporaryFolder(), "own.gguf");
  await writeFile(path, "");
  const { handlers, done } = open({ owned: { ...own, source: { kind: "file", path } } });
  await handlers["models.delete"]({ modelId: "own" });
  expect(done).toEqual(["release own", `trash ${path}`, `forget download ${path}`]);
});

test("a model that is writing a reply can be neither deleted nor removed from the list", async () => {
  const { handlers, done } = open({ inUse: true });
  await expect(handlers["models.delete"]({ modelId: "own" })).rejects.toMatchObject({ code: "model-in-use" });
  await expect(handlers["models.forget"]({ modelId: "linked" })).rejects.toMatchObject({ code: "model-in-use" });
  expect(done).toEqual([]);
});

test("a model is unloaded before it is removed from the list", async () => {
  const { handlers, done } = open();
  await handlers["models.forget"]({ modelId: "linked" });
  expect(done).toEqual(["release linked", "forget linked"]);
});

test("a linked file cannot be deleted by the app, and is not unloaded for the attempt", async () => {
  const { handlers, done } = open();
  await expect(handlers["models.delete"]({ modelId: "linked" })).rejects.toMatchObject({
    code: "model-not-deletable",
  });
  expect(done).toEqual([]);
});

/** Opens the handlers with a library of these models, and with settings that record the changes. */
function openForChoice(models: FileModel[], { refuses = null as WorkbenchError | null, canWrite = true } = {}) {
  const done: string[] = [];
  const { handlers } = openModels({
    library: {
      choose: (id: string) => {
        const model = models.find((each) => each.id === id);
        return model ? Promise.resolve(model) : Promise.reject(new WorkbenchError("model-not-found"));
      },
    },
    settings: {
      change: (change: object) => {
        if (!canWrite) return Promise.reject(new WorkbenchError("disk-full"));
        return Promise.resolve(void done.push(`settings ${JSON.stringify(change)}`));
      },
    },
    engines: {
      loaded: { state: "none" },
      load: ({ id }: FileModel) => {
        done.push(`load ${id}`);
        return refuses ? Promise.reject(refuses) : Promise.resolve(true);
      },
    },
  } as unknown as ModelsOptions);
  return { handlers, done };
}

test("a model to be used becomes the one for new chats before it is loaded, and stays so if the load is refused", async () => {
  const { handlers, done } = openForChoice([own]);
  expect(await handlers["models.use"]({ modelId: "own" })).toEqual({ state: "none" });
  const chosen = ['settings {"defaultModelId":"own"}', "load own"];
  expect(done).toEqual(chosen);
  const busy = openForChoice([own], { refuses: new WorkbenchError("benchmark-running") });
  await expect(busy.handlers["models.use"]({ modelId: "own" })).rejects.toMatchObject({ code: "benchmark-running" });
  expect(busy.done).toEqual(chosen);
});

test("a model that is missing, broken or cannot be saved is not chosen", async () => {
  const broken = { ...own, id: "broken", problems: [{ code: "model-truncated" }] } as FileModel;
  const { handlers, done } = openForChoice([own, broken]);
  await expect(handlers["models.use"]({ modelId: "gone" })).rejects.toMatchObject({ code: "model-not-found" });
  await expect(handlers["models.use"]({ modelId: "broken" })).rejects.toMatchObject({ code: "model-truncated" });
  expect(done).toEqual([]);
  const full = openForChoice([own], { canWrite: false });
  await expect(full.handlers["models.use"]({ modelId: "own" })).rejects.toMatchObject({ code: "disk-full" });
  expect(full.done).toEqual([]);
});
