import type { Handlers } from "../../contract/calls.ts";
import { type ErrorCode, toError, WorkbenchError } from "../../contract/errors.ts";
import type { LoadState, Model, modelsCalls } from "../../contract/models.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import type { ChoicesStore } from "./choicesStore.ts";
import { deleteModel } from "./deleteModel.ts";
import type { Library } from "./library.ts";
import { modelsDisk } from "./modelsDisk.ts";

export interface ModelsOptions {
  library: Library;
  engines: Pick<Engines, "loaded" | "load" | "release" | "forgive">;
  choices: ChoicesStore;
  settings: Pick<SettingsStore, "change">;
  modelsFolder: string;
  trash: ((path: string) => Promise<void>) | undefined;
  /** The list, or what it says of a model, changed. */
  onChange: () => void;
}

export interface OpenedModels {
  /** The calls about models, except those that the engines answer. */
  handlers: Omit<Handlers<typeof modelsCalls>, "models.loaded" | "models.cancelLoad" | "models.unload">;
}

const loadRefusals: readonly ErrorCode[] = ["benchmark-running", "tune-running"];

export function openModels(options: ModelsOptions): OpenedModels {
  const { library, engines, choices, settings, modelsFolder, trash, onChange } = options;

  /** A person chose it: what it did to the engine before is forgiven. */
  async function chooseForced(modelId: string): Promise<Model> {
    const model = await library.choose(modelId);
    if (!model.problems.some(({ code }) => code === "model-crashed-engine")) return model;
    await engines.forgive(model);
    return await library.choose(modelId);
  }

  async function load(model: Model): Promise<LoadState> {
    await engines.load(model).catch((error: unknown) => {
      // A failed load is shown as a state of the loaded model; a refused one is not, so it is thrown.
      if (error instanceof WorkbenchError && loadRefusals.includes(error.code)) throw error;
    });
    return engines.loaded;
  }

  return {
    handlers: {
      "models.list": () => library.list(),
      "models.load": async ({ modelId }) => load(await chooseForced(modelId)),
      "models.use": async ({ modelId }) => {
        const model = await chooseForced(modelId);
        const [problem] = model.problems;
        if (problem !== undefined) throw toError(problem);
        await settings.change({ defaultModelId: modelId });
        return await load(model);
      },
      "models.forget": async ({ modelId }) => {
        const model = await library.choose(modelId);
        await engines.release(model);
        await library.forget(model);
        return null;
      },
      "models.delete": async ({ modelId }) => {
        const model = await library.choose(modelId);
        if (model.owner === "downloads" && trash !== undefined) await engines.release(model);
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
    },
  };
}
