import type { Handlers } from "../../contract/calls.ts";
import type { modelsCalls } from "../../contract/models.ts";
import type { Library } from "./library.ts";
import type { LoadedModelOwner } from "./loadedModel.ts";

/** Answers the `models.*` calls. Their events come from the library's and the loaded model's `onChange`. */
export function modelsHandlers(library: Library, loadedModel: LoadedModelOwner): Handlers<typeof modelsCalls> {
  return {
    "models.list": () => library.list(),
    "models.loaded": () => loadedModel.get(),
    "models.load": async ({ modelId }) => {
      const model = await library.choose(modelId);
      // A failure is a state of the loaded model, and shown as such.
      await loadedModel.ensureLoaded(model).catch(() => undefined);
      return loadedModel.get();
    },
    "models.cancelLoad": () => {
      loadedModel.cancelLoad();
      return null;
    },
    "models.unload": async () => {
      await loadedModel.unload();
      return null;
    },
    "models.import": ({ path }) => library.link(path),
  };
}
