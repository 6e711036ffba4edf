import type { Model } from "../../contract/models.ts";
import type { ReplyParts } from "../runs/writeReply.ts";
import type { ChoicesStore } from "./choicesStore.ts";
import type { Library } from "./library.ts";
import type { LoadedModelOwner } from "./loadedModel.ts";
import { fingerprint, modelFileAt } from "./modelFiles.ts";
import { isCrash, type ModelUse, type UsedModel } from "./modelUse.ts";

interface Options {
  library: Library;
  loadedModel: LoadedModelOwner;
  choices: ChoicesStore;
  use: ModelUse;
  /** A model was used or marked. */
  onChange: () => void;
}

/** What replies need of the models, and what the models learn from replies. */
export function createReplyModels({ library, loadedModel, choices, use, onChange }: Options): ReplyParts["models"] {
  async function asUsed({ id, source }: Model): Promise<UsedModel | null> {
    const print = await fingerprint(await modelFileAt(source.path)).catch(() => null);
    return print === null ? null : { id, source, fingerprint: print };
  }
  return {
    answering: (chosen) => library.answering(chosen),
    facts: (model) => library.facts(model),
    ensureLoaded: (model, load) => loadedModel.ensureLoaded(model, load),
    choices: (model) => choices.get(model),
    keepInUse: (model, work) => loadedModel.keepInUse(model, work),
    async replied(model, { thoughtTokens, answerTokens, tokensPerSecond }) {
      const file = await asUsed(model);
      if (file === null) return;
      await use.replied(file, { tokens: thoughtTokens + answerTokens, tokensPerSecond });
      onChange();
    },
    async failed(model, problem) {
      if (!isCrash(problem) || loadedModel.isClosing()) return;
      const file = await asUsed(model);
      if (file !== null && (await use.crashed(file, problem, model.builtIn))) onChange();
    },
  };
}
