import { expect, test } from "vitest";
import type { LoadState, Model } from "../../../electron/contract/models.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { modelsHandlers, type ModelsOptions } from "../../../electron/workbench/models/modelsHandlers.ts";
import { nano } from "../renderer/fakeBridge.ts";

const own: Model = {
  ...nano,
  id: "own",
  source: { kind: "file", path: "/models/own.gguf" },
  builtIn: false,
  owner: "downloads",
};
const linked: Model = {
  ...own,
  id: "linked",
  source: { kind: "file", path: "/elsewhere/linked.gguf" },
  owner: "linked",
};

/** The handlers on parts that write down what was done, in order. */
function open({ inUse = false, loaded = { state: "none" } as LoadState } = {}) {
  const done: string[] = [];
  const options = {
    library: {
      choose: (id: string) => Promise.resolve(id === "own" ? own : linked),
      forget: ({ id }: Model) => Promise.resolve(void done.push(`forget ${id}`)),
    },
    loadedModel: {
      isInUse: () => inUse,
      get: () => loaded,
      unload: () => Promise.resolve(void done.push("unload")),
    },
    choices: {},
    use: {},
    modelsFolder: "/models",
    trash: (path: string) => Promise.resolve(void done.push(`trash ${path}`)),
    onChange: () => undefined,
  };
  return { handlers: modelsHandlers(options as unknown as ModelsOptions), done };
}
const ready = (modelId: string) => ({ state: "ready", modelId }) as LoadState;

test("a model that writes a reply is neither deleted nor taken off the list", async () => {
  const { handlers, done } = open({ inUse: true, loaded: ready("own") });
  await expect(handlers["models.delete"]({ modelId: "own" })).rejects.toMatchObject({ code: "model-in-use" });
  await expect(handlers["models.forget"]({ modelId: "linked" })).rejects.toMatchObject({ code: "model-in-use" });
  expect(done).toEqual([]);
});

test("a loaded model leaves the memory before it leaves the list; another one stays loaded", async () => {
  const loaded = open({ loaded: ready("linked") });
  await loaded.handlers["models.forget"]({ modelId: "linked" });
  expect(loaded.done).toEqual(["unload", "forget linked"]);
  const other = open({ loaded: ready("own") });
  await other.handlers["models.forget"]({ modelId: "linked" });
  expect(other.done).toEqual(["forget linked"]);
});

test("a linked file is not the app's to delete, and is not unloaded for the attempt", async () => {
  const { handlers, done } = open({ loaded: ready("linked") });
  await expect(handlers["models.delete"]({ modelId: "linked" })).rejects.toMatchObject({
    code: "model-not-deletable",
  });
  expect(done).toEqual([]);
});

/** The handlers with a library of these models and settings that write down what they were told. */
function openForChoice(models: Model[], { refuses = null as WorkbenchError | null, canWrite = true } = {}) {
  const done: string[] = [];
  const handlers = modelsHandlers({
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
    loadedModel: {
      get: () => ({ state: "none" }),
      ensureLoaded: ({ id }: Model) => {
        done.push(`load ${id}`);
        return refuses ? Promise.reject(refuses) : Promise.resolve(true);
      },
    },
  } as unknown as ModelsOptions);
  return { handlers, done };
}

test("a model that is used is the one for new chats before it is loaded, and stays so if the load is refused", async () => {
  const { handlers, done } = openForChoice([own]);
  expect(await handlers["models.use"]({ modelId: "own" })).toEqual({ state: "none" });
  const chosen = ['settings {"defaultModelId":"own"}', "load own"];
  expect(done).toEqual(chosen);
  const busy = openForChoice([own], { refuses: new WorkbenchError("benchmark-running") });
  await expect(busy.handlers["models.use"]({ modelId: "own" })).rejects.toMatchObject({ code: "benchmark-running" });
  expect(busy.done).toEqual(chosen);
});

test("what is not there, is broken or cannot be kept is not chosen", async () => {
  const broken = { ...own, id: "broken", problems: [{ code: "model-truncated", message: "It ends early." }] } as Model;
  const { handlers, done } = openForChoice([own, broken]);
  await expect(handlers["models.use"]({ modelId: "gone" })).rejects.toMatchObject({ code: "model-not-found" });
  await expect(handlers["models.use"]({ modelId: "broken" })).rejects.toMatchObject({ code: "model-truncated" });
  expect(done).toEqual([]);
  const full = openForChoice([own], { canWrite: false });
  await expect(full.handlers["models.use"]({ modelId: "own" })).rejects.toMatchObject({ code: "disk-full" });
  expect(full.done).toEqual([]);
});
