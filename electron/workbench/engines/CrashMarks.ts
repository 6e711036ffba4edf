import type { ReplyStats } from "../../contract/chats.ts";
import type { Backend } from "../../contract/engine.ts";
import { type Problem, toProblem } from "../../contract/errors.ts";
import type { Model, ModelUsed } from "../../contract/models.ts";
import { keptEntry, type KnownModel } from "../models/keptEntry.ts";
import { fingerprint, modelFileAt } from "../models/modelFiles.ts";
import { isCrash, medianSpeed, type ModelUse, type UsedModel } from "./modelUse.ts";

interface Options {
  use: ModelUse;
  /** Called when a reply of the model has ended. */
  onUsed: (used: ModelUsed) => void;
  /** Called when a model was marked or its mark was cleared. */
  onMarked: () => void;
}

/**
 * Records what loads and replies show about the models: when they were used, how fast they are, and which ones crash
 * the engine.
 */
export class CrashMarks {
  readonly #options: Options;
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** From now on the engine is stopped on purpose, so requests that fail because of it mark nothing. */
  close(): void {
    this.#closing = true;
  }

  /** Runs a load. If the engine crashes during it, that is stored with the model, even if the app crashes too. */
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

  async replied(
    model: Model,
    { thoughtTokens, answerTokens, tokensPerSecond }: ReplyStats,
    backend: Backend | null,
  ): Promise<void> {
    const file = await asUsed(model);
    if (file === null) return;
    await this.#options.use.replied(file, { tokens: thoughtTokens + answerTokens, tokensPerSecond, backend });
    const record = keptEntry(await this.#options.use.read(), model);
    if (record === undefined) return;
    const { lastUsedAt } = record;
    this.#options.onUsed({ modelId: model.id, lastUsedAt, measuredTokensPerSecond: medianSpeed(record) });
  }

  /** Records that a reply or a measurement failed in the engine. */
  async failed(model: Model, problem: Problem): Promise<void> {
    if (!isCrash(problem) || this.#closing) return;
    const file = await asUsed(model);
    if (file !== null) await this.#crashed(file, problem, model.builtIn);
  }

  /** Clears a model's mark, because the user wants to try it again. */
  async forgive(model: KnownModel): Promise<void> {
    await this.#options.use.clearMark(model);
    this.#options.onMarked();
  }

  async #crashed(file: UsedModel, problem: Problem, trusted: boolean): Promise<void> {
    if (await this.#options.use.crashed(file, problem, trusted)) this.#options.onMarked();
  }
}

/** A server's model has no file that could be another one by now: another address has other ids. */
const remotePrint = "server";

/** Resolves with null if the file no longer exists, so that there is nothing to record. */
async function asUsed({ id, source }: KnownModel): Promise<UsedModel | null> {
  if (source.kind === "server") return { id, source, fingerprint: remotePrint };
  const print = await fingerprint(await modelFileAt(source.path)).catch(() => null);
  return print === null ? null : { id, source, fingerprint: print };
}
