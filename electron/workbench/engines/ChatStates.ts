import type { PromptParams, SavedState } from "../../contract/engineProtocol.ts";
import { toProblem } from "../../contract/errors.ts";
import { isTemporary } from "../../contract/isTemporary.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import { exactFingerprint } from "../models/modelFiles.ts";
import type { HeldModel, Holding } from "./HeldModel.ts";
import type { KeptStates } from "./KeptStates.ts";
import { isCrash } from "./modelUse.ts";

/** Saving a state must not hold up a reply for longer, in milliseconds. It is then saved when its chat is left. */
const mostBackgroundMs = 500;
/** Assumed until a state was saved, in bytes per millisecond. */
const usualRate = 500_000;

/** A file that is being written. It is not wanted any more once its chat, or a part of it, was deleted. */
interface Write {
  readonly chat: string;
  isWanted: boolean;
}

interface Options {
  engine: Pick<EngineClient, "request">;
  held: Pick<HeldModel, "current">;
  kept: KeptStates;
}

/**
 * Knows whose chat the engine has in memory. Saves it before it is replaced, and restores that of the chat that goes
 * on. Nothing here rejects: without a state, a prompt is only read again.
 */
export class ChatStates {
  readonly #options: Options;
  /** The model in whose context the chat is. */
  #holding: Holding | null = null;
  #chat: string | null = null;
  /** Whether it has changed since it was saved. */
  #isChanged = false;
  /** Chats that were deleted, or part of them, and not entered since. What is read of them is not saved. */
  readonly #deleted = new Set<string>();
  /** The last file that was begun. */
  #write: Write | null = null;
  #bytesPerMs = usualRate;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Call before a prompt is read. Resolves with the time that restoring took, in milliseconds, or with `engineEnded` if
   * the file ended the engine, so that the model must be loaded again. That does not count against the model.
   */
  async enter(chat: string | null, prompt: PromptParams, signal: AbortSignal): Promise<number | "engineEnded"> {
    const { held, engine, kept } = this.#options;
    const holding = held.current;
    if (holding === null) return 0;
    // Before anything is awaited, because the chat may be deleted meanwhile.
    if (chat !== null) this.#deleted.delete(chat);
    const isHere = chat !== null && this.#chat === chat && this.#holding === holding;
    if (!isHere) await this.save();
    this.#holding = holding;
    // Until something of this chat was read, the memory holds another one's text.
    if (!isHere) this.#chat = null;
    if (isHere || chat === null || holding.stateKey === null || signal.aborted) return 0;
    const file = await kept.take(chat, holding.stateKey);
    if (file === null) return 0;
    try {
      const { value } = await engine.request("restoreState", { prompt, ...file }, { signal });
      if (value?.outcome === "damaged") await kept.forget(chat);
      else await kept.loaded(chat);
      return value?.ms ?? 0;
    } catch (error) {
      await kept.forget(chat);
      return isCrash(toProblem(error)) ? "engineEnded" : 0;
    }
  }

  /** Call after something of a chat was read, so that nothing else is in memory. */
  hasRead(chat: string | null): void {
    this.#chat = chat !== null && this.#deleted.has(chat) ? null : chat;
    this.#isChanged = true;
  }

  /** Call after a chat was read ahead. Saves it unless somebody would have to wait for that. */
  async saveInBackground(tokens: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#expectedBytes(tokens) / this.#bytesPerMs > mostBackgroundMs) return;
    await this.save(signal);
  }

  /** Saves the chat that is in memory, if it has changed. */
  async save(signal?: AbortSignal): Promise<void> {
    await this.#saveIf(() => this.#options.held.current === this.#holding, signal);
  }

  /** The same for a model that is about to be unloaded. */
  async saveBefore(released: Holding): Promise<void> {
    await this.#saveIf(() => this.#holding === released);
  }

  async #saveIf(isHere: () => boolean, signal?: AbortSignal): Promise<void> {
    // One that is being saved may be cancelled, and is then saved again.
    await this.#saving;
    const chat = this.#chat;
    const holding = isHere() ? this.#holding : null;
    if (chat === null || holding === null || !this.#isChanged) return;
    this.#isChanged = false;
    const write: Write = { chat, isWanted: true };
    this.#write = write;
    const saving = this.#saveTo(write, holding, signal).then(
      (isKept) => {
        if (!isKept && write.isWanted && signal?.aborted === true && this.#chat === chat) this.#isChanged = true;
      },
      () => undefined,
    );
    this.#saving = saving;
    await saving;
  }

  /** Call before the context is used for something else. Saves the chat, which is then no longer in memory. */
  async leave(): Promise<void> {
    await this.save();
    this.#chat = null;
  }

  /** Deletes what is kept of chats. What is in memory of them is not saved any more. */
  async forget(chats: readonly string[]): Promise<void> {
    for (const chat of chats) {
      this.#deleted.add(chat);
      if (this.#write?.chat === chat) this.#write.isWanted = false;
      if (this.#chat === chat) this.#chat = null;
      await this.#options.kept.forget(chat);
    }
  }

  /** What is in memory is not saved any more, whosever it is. Resolves once nothing is being written. */
  async drop(): Promise<void> {
    if (this.#write !== null) this.#write.isWanted = false;
    this.#chat = null;
    this.#isChanged = false;
    await this.#saving;
  }

  #here(): Holding | null {
    return this.#holding !== null && this.#options.held.current === this.#holding ? this.#holding : null;
  }

  #expectedBytes(tokens: number): number {
    const ready = this.#here()?.ready;
    return ready === undefined ? 0 : (ready.need.keyValueBytes / ready.facts.contextSize) * tokens;
  }

  async #saveTo(write: Write, holding: Holding, signal: AbortSignal | undefined): Promise<boolean> {
    const { engine, kept } = this.#options;
    const { chat } = write;
    const { stateKey } = holding;
    if (stateKey === null || isTemporary(chat) || !(await kept.hasRoomFor(0))) return false;
    const path = await kept.newFile(chat);
    if (path === null) return false;
    try {
      const { value } = await engine.request("saveState", { path }, signal === undefined ? {} : { signal });
      if (value === null || !(await this.#isUseful(holding, value)) || !write.isWanted) return false;
      this.#bytesPerMs = value.sizeBytes / Math.max(1, value.ms);
      await kept.keep(chat, stateKey, path, value);
      if (!write.isWanted) await kept.forget(chat);
      return true;
    } finally {
      await kept.discard(path);
    }
  }

  /** The state of a file that has changed since it was loaded belongs to neither the old file nor the new one. */
  async #isUseful({ fingerprint, modelFile }: Holding, { sizeBytes }: SavedState): Promise<boolean> {
    if (!(await this.#options.kept.hasRoomFor(sizeBytes))) return false;
    return (await exactFingerprint(modelFile).catch(() => null)) === fingerprint;
  }
}
