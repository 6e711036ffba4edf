import { aboutTokens } from "../../contract/aboutTokens.ts";
import type { DocumentTokens } from "../../contract/documents.ts";
import type { PromptParams } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import { promptMessages } from "../runs/promptMessages.ts";
import { fileMessage } from "./fileMessage.ts";

export interface DocumentCountsOptions {
  store: Pick<StoreClient, "request">;
  engines: Pick<Engines, "use" | "withLoaded" | "loaded" | "isBusy">;
  library: Pick<Library, "answering">;
}

/** A longer text fits into no context, so that it need not be counted. */
const mostCountedChars = 2_000_000;
/** An estimate may be that many times too high. */
const doubt = 2;
/** The share of the context that is left for the reply at least. */
const shareOfReply = 1 / 16;
const mostKept = 500;

/** How many tokens documents take in the prompt. */
export class DocumentCounts {
  readonly #options: DocumentCountsOptions;
  /** What was counted, by the model, the document and its pages. */
  readonly #counted = new Map<string, number>();

  constructor(options: DocumentCountsOptions) {
    this.#options = options;
  }

  /** Resolves with how many tokens a document takes: counted if a model is loaded and idle, or else estimated. */
  async count(attachmentId: string): Promise<DocumentTokens> {
    const { store, engines, library } = this.#options;
    const { attachment, text } = await store.request("readAttachment", { attachmentId });
    const about = { tokens: aboutTokens(text), isExact: false };
    const { loaded } = engines;
    if (loaded.state !== "ready" || text.length > mostCountedChars) return about;
    const key = JSON.stringify([loaded.modelId, attachment.documentId, attachment.pages]);
    const known = this.#counted.get(key);
    if (known !== undefined) return { tokens: known, isExact: true };
    try {
      const model = await library.answering(loaded.modelId);
      if (model.id !== loaded.modelId) return about;
      const content = fileMessage([{ name: attachment.name, text }], "?");
      const tokens = await engines.withLoaded(model, new AbortController().signal, async (session) => {
        const [alone, withDocument] = [
          await session.countTokens(asked("?")),
          await session.countTokens(asked(content)),
        ];
        return alone === null || withDocument === null ? null : withDocument - alone;
      });
      if (tokens === null) return about;
      if (this.#counted.size >= mostKept) this.#counted.clear();
      this.#counted.set(key, tokens);
      return { tokens, isExact: true };
    } catch {
      // A reply goes first. The estimate stands.
      return about;
    }
  }

  /**
   * Resolves if a message with these documents fits into the context, after loading the model if necessary. Rejects with
   * `documents-too-long`, with the problem of the load, or with what reading the chat rejects with.
   */
  async expectFit(params: { chatId: string; text: string; attachmentIds: readonly string[] }): Promise<void> {
    const { store, engines, library } = this.#options;
    const { chat, messages, files } = await store.request("previewTurn", params);
    const prompt = promptMessages(chat, messages, files);
    const about = aboutTokens(prompt.map(({ content }) => content).join("\n"));
    const contextSize = (): number | null =>
      engines.loaded.state === "ready" ? engines.loaded.facts.contextSize : null;
    const refuseByFar = (size: number): void => {
      if (about > size * doubt) {
        throw new WorkbenchError("documents-too-long", { case: "about", promptTokens: about, contextSize: size });
      }
    };
    if (engines.isBusy) {
      // Nobody should wait for another reply to learn this. The reply itself is refused if the estimate was too low.
      const size = contextSize();
      if (size !== null) refuseByFar(size);
      return;
    }
    await engines.use(
      () => library.answering(chat.modelId),
      "reply",
      new AbortController().signal,
      async (session) => {
        const size = contextSize();
        if (size === null) return;
        refuseByFar(size);
        const promptTokens = (await session.countTokens({ messages: prompt, thinking: chat.thinking })) ?? 0;
        if (promptTokens > size * (1 - shareOfReply)) {
          throw new WorkbenchError("documents-too-long", { case: "counted", promptTokens, contextSize: size });
        }
      },
    );
  }
}

const asked = (content: string): PromptParams => ({ messages: [{ role: "user", content }], thinking: "off" });
