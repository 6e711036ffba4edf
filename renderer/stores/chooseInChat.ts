import { leavesThisMachine } from "../../electron/contract/modelKinds.ts";
import type { Model } from "../../electron/contract/models.ts";
import type { ComposerStore } from "./composer.ts";
import type { ModelsStore } from "./models.ts";

/**
 * Makes a model the one of the open chat, or of the one that the next message starts. It becomes the model for new chats
 * too, unless it leaves this machine: that is only chosen on the Models screen or in the settings.
 */
export async function chooseInChat(
  { composer, models }: { composer: ComposerStore; models: ModelsStore },
  model: Model,
): Promise<void> {
  await composer.getState().setModel(model.id);
  if (!leavesThisMachine(model)) await models.getState().use(model.id);
}
