import type { Message, Thinking } from "../../contract/chats.ts";
import { isFile } from "../../contract/modelKinds.ts";
import { type ErrorCode, toError, WorkbenchError } from "../../contract/errors.ts";
import type { LoadState, Model, modelsCalls } from "../../contract/models.ts";
import type { Capability } from "../Capability.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Folder } from "../folder/openFolder.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { withinMs } from "../withinMs.ts";
import type { ChoicesStore } from "./choicesStore.ts";
import { deleteModel } from "./deleteModel.ts";
import type { FileOpener } from "./FileOpener.ts";
import { replyModel } from "./replyModel.ts";
import type { Library } from "./library.ts";
import { modelsDisk } from "./modelsDisk.ts";

export interface ModelsOptions {
  library: Library;
  engines: Pick<Engines, "loaded" | "load" | "release" | "forgive">;
  choices: ChoicesStore;
  settings: Pick<SettingsStore, "get" | "change">;
  folder: Pick<Folder, "isMoving" | "state">;
  fileOpener: Pick<FileOpener, "state" | "add" | "readAgain" | "close">;
  trash: ((path: string) => Promise<void>) | undefined;
  /** Called with the path of a model that was deleted. */
  forgetDownload: (path: string) => Promise<void>;
  /** Called when the list, or what it says about a model, has changed. */
  onChange: () => void;
}

/** The calls about models, except those that the engines handle. */
type ModelsCalls = Omit<typeof modelsCalls, "models.loaded" | "models.cancelLoad" | "models.unload">;

/** What a chat needs to know about its model before a reply starts. Waits only for a while for a slow disk. */
export interface Models {
  /**
   * Resolves with the model that will answer if this one was chosen. Null if there is none, or it is not known in time.
   */
  nameOf: (chosen: string | null) => Promise<Message["model"]>;
  /** Resolves with the thinking mode of a new chat with this model: the default if what was chosen is not known in time. */
  thinkingOf: (chosen: string | null) => Promise<Thinking>;
}

/** In milliseconds. Storing a message waits this long for a name; the run determines it in any case. */
const nameWithinMs = 300;
/** A new chat waits longer for what it keeps: its first message is safe in the composer meanwhile. */
const thinkingWithinMs = 5000;

const loadRefusals: readonly ErrorCode[] = ["benchmark-running", "tune-running"];

export function openModels(options: ModelsOptions): Capability<ModelsCalls, Models> {
  const { library, engines, choices, settings, folder, fileOpener, trash, forgetDownload, onChange } = options;

  /** The user chose this model, so its mark for an earlier crash is cleared. */
  async function chooseForced(modelId: string): Promise<Model> {
    const model = await library.choose(modelId);
    if (!model.problems.some(({ code }) => code === "model-crashed-engine")) return model;
    await engines.forgive(model);
    return await library.choose(modelId);
  }

  /** Nothing is loaded here for a model on a server. */
  async function load(model: Model): Promise<LoadState> {
    if (!isFile(model)) return engines.loaded;
    await engines.load(model).catch((error: unknown) => {
      // A failed load is shown as a state of the loaded model. A refused one is not, so it is thrown.
      if (error instanceof WorkbenchError && loadRefusals.includes(error.code)) throw error;
    });
    return engines.loaded;
  }

  async function ofAnswering<Value>(
    chosen: string | null,
    withinTime: number,
    read: (model: Model) => Value | Promise<Value>,
  ) {
    return await withinMs(
      library
        .answering(chosen)
        .then(read)
        .catch(() => null),
      withinTime,
    );
  }

  return {
    api: {
      nameOf: (chosen) => ofAnswering(chosen, nameWithinMs, replyModel),
      async thinkingOf(chosen) {
        const thinking = await ofAnswering(
          chosen,
          thinkingWithinMs,
          async (model) => (await choices.get(model)).thinking,
        );
        return thinking ?? settings.get().defaultThinking;
      },
    },
    handlers: {
      "models.list": async () => [...(await library.list()), ...(await library.remote())],
      "models.load": async ({ modelId }) => load(await chooseForced(modelId)),
      "models.use": async ({ modelId }) => {
        const model = await chooseForced(modelId);
        const [problem] = model.problems;
        if (problem !== undefined) throw toError(problem);
        await settings.change({ defaultModelId: modelId });
        return await load(model);
      },
      "models.forget": async ({ modelId }) => {
        const model = await library.chooseFile(modelId);
        await engines.release(model);
        await library.forget(model);
        return null;
      },
      "models.delete": async ({ modelId }) => {
        const model = await library.chooseFile(modelId);
        // The copy would still be there.
        if (model.owner === "downloads" && folder.isMoving) throw new WorkbenchError("models-moving");
        if (model.owner === "downloads" && trash !== undefined) await engines.release(model);
        try {
          const deleted = await deleteModel(model, trash);
          await forgetDownload(model.source.path).catch(() => undefined);
          return deleted;
        } finally {
          onChange();
        }
      },
      "models.foreign": () => library.foreign(),
      "models.adopt": ({ paths }) => library.adopt(paths),
      "models.opened": () => fileOpener.state,
      "models.addOpened": ({ openedId }) => fileOpener.add(openedId),
      "models.readOpened": ({ openedId }) => {
        fileOpener.readAgain(openedId);
        return null;
      },
      "models.closeOpened": ({ openedIds }) => {
        fileOpener.close(openedIds);
        return null;
      },
      "models.choices": async ({ modelId }) => choices.get(await library.choose(modelId)),
      "models.setChoices": async ({ modelId, choices: wanted }) => {
        const chosen = await choices.set(await library.choose(modelId), wanted);
        onChange();
        return chosen;
      },
      "models.disk": async () => modelsDisk((await folder.state()).path),
    },
  };
}
