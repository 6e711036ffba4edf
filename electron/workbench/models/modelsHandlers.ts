import type { Handlers } from "../../contract/calls.ts";
import { type ErrorCode, toError, WorkbenchError } from "../../contract/errors.ts";
import type { LoadState, Model, modelsCalls } from "../../contract/models.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import type { ChoicesStore } from "./choicesStore.ts";
import { deleteModel } from "./deleteModel.ts";
import type { Library } from "./library.ts";
import type { LoadedModelOwner } from "./loadedModel.ts";
import { modelsDisk } from "./modelsDisk.ts";
import type { ModelUse } from "./modelUse.ts";

export interface ModelsOptions {
  library: Library;
  loadedModel: LoadedModelOwner;
  choices: ChoicesStore;
  settings: Pick<SettingsStore, "change">;
  use: Pick<ModelUse, "clearMark">;
  modelsFolder: string;
  trash: ((path: string) => Promise<void>) | undefined;
  /** The list, or what it says of a model, changed. */
  onChange: () => void;
}

const refusals: readonly ErrorCode[] = ["benchmark-running", "tune-running"];

/** Answers the `models.*` calls. Events also come from the library's and the loaded model's own `onChange`. */
export function modelsHandlers(options: ModelsOptions): Handlers<typeof modelsCalls> {
  const { library, loadedModel, choices, settings, use, modelsFolder, trash, onChange } = options;

  /** A person chose it: what it did to the engine before is forgiven. */
  async function chooseForced(modelId: string): Promise<Model> {
    const model = await library.choose(modelId);
    if (!model.problems.some(({ code }) => code === "model-crashed-engine")) return model;
    await use.clearMark(model);
    onChange();
    return await library.choose(modelId);
  }

  async function load(model: Model): Promise<LoadState> {
    await loadedModel.ensureLoaded(model).catch((error: unknown) => {
      // A failed load is shown as a state of the loaded model; a refused one is not, so it is thrown.
      if (error instanceof WorkbenchError && refusals.includes(error.code)) throw error;
    });
    return loadedModel.get();
  }

  async function leaveMemory(model: Model): Promise<void> {
    if (loadedModel.isInUse(model)) throw new WorkbenchError("model-in-use");
    const loaded = loadedModel.get();
    if (loaded.state !== "none" && loaded.modelId === model.id) await loadedModel.unload();
  }

  return {
    "models.list": () => library.list(),
    "models.loaded": () => loadedModel.get(),
    "models.load": async ({ modelId }) => load(await chooseForced(modelId)),
    "models.use": async ({ modelId }) => {
      const model = await chooseForced(modelId);
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      await settings.change({ defaultModelId: modelId });
      return await load(model);
    },
    "models.cancelLoad": () => {
      loadedModel.cancelLoad();
      return null;
    },
    "models.unload": async () => {
      await loadedModel.unload();
      return null;
    },
    "models.forget": async ({ modelId }) => {
      const model = await library.choose(modelId);
      await leaveMemory(model);
      await library.forget(model);
      return null;
    },
    "models.delete": async ({ modelId }) => {
      const model = await library.choose(modelId);
      if (model.owner === "downloads" && trash !== undefined) await leaveMemory(model);
      try {
        return await deleteModel(model, trash);
      } finally {
        onChange();
      }
    },
    "models.foreign": () => library.foreign(),
    "models.adopt": ({ paths }) => library.adopt(paths),
    "models.choices": async ({ modelId }) => choices.get(await library.choose(modelId)),
    "models.setChoices": async ({ modelId, choices: wanted }) => {
      const chosen = await choices.set(await library.choose(modelId), wanted);
      onChange();
      return chosen;
    },
    "models.disk": () => modelsDisk(modelsFolder),
  };
}
