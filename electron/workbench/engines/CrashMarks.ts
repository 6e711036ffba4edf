import type { ReplyStats } from "../../contract/chats.ts";
import { type Problem, toProblem } from "../../contract/errors.ts";
import type { Model, ModelUsed } from "../../contract/models.ts";
import { keptEntry, type KnownModel } from "../models/keptEntry.ts";
import { fingerprint, modelFileAt } from "../models/modelFiles.ts";
import { isCrash, medianSpeed, type ModelUse, type UsedModel } from "./modelUse.ts";

interface Options {
  use: ModelUse;
  /** A reply of the model came to an end. */
  onUsed: (used: ModelUsed) => void;
  /** A model was marked or forgiven. */
  onMarked: () => void;
}

/** What loads and replies teach about the models: when they were used, how fast, and which ones crash the engine. */
export class CrashMarks {
  readonly #options: Options;
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** From now on the engine is ended on purpose: what dies of it marks nothing. */
  close(): void {
    this.#closing = true;
  }

  /** Carries out a load; if the engine dies of it, that is kept with the model, even if the app dies too. */
  async guard(model: Model, load: () => Promise<boolean>): Promise<boolean> {
    const file = await asUsed(model);
    if (file === null) return await load();
    await this.#options.use.loadBegins(file);
    try {
      const loaded = await load();
      await this.#options.use.loadEnds(file);
      return loaded;
    } catch (error) {
      const problem = toProblem(error);
      if (this.#closing || !isCrash(problem)) await this.#options.use.loadEnds(file);
      else await this.#crashed(file, problem, model.builtIn);
      throw error;
    }
  }

  async replied(model: Model, { thoughtTokens, answerTokens, tokensPerSecond }: ReplyStats): Promise<void> {
    const file = await asUsed(model);
    if (file === null) return;
    await this.#options.use.replied(file, { tokens: thoughtTokens + answerTokens, tokensPerSecond });
    const record = keptEntry(await this.#options.use.read(), model);
    if (record === undefined) return;
    const { lastUsedAt } = record;
    this.#options.onUsed({ modelId: model.id, lastUsedAt, measuredTokensPerSecond: medianSpeed(record) });
  }

  /** A reply or a measurement failed in the engine. */
  async failed(model: Model, problem: Problem): Promise<void> {
    if (!isCrash(problem) || this.#closing) return;
    const file = await asUsed(model);
    if (file !== null) await this.#crashed(file, problem, model.builtIn);
  }

  /** A person wants to try a marked model again. */
  async forgive(model: KnownModel): Promise<void> {
    await this.#options.use.clearMark(model);
    this.#options.onMarked();
  }

  async #crashed(file: UsedModel, problem: Problem, trusted: boolean): Promise<void> {
    if (await this.#options.use.crashed(file, problem, trusted)) this.#options.onMarked();
  }
}

/** Null: there is no such file any more, so there is nothing to keep. */
async function asUsed({ id, source }: KnownModel): Promise<UsedModel | null> {
  const print = await fingerprint(await modelFileAt(source.path)).catch(() => null);
  return print === null ? null : { id, source, fingerprint: print };
}
