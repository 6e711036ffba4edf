import { aboutTokens } from "../../contract/aboutTokens.ts";
import type { DocumentTokens } from "../../contract/documents.ts";
import type { PromptParams } from "../../contract/engineProtocol.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import { passageLimits } from "./passageLimits.ts";
import { fileMessage } from "./fileMessage.ts";

export interface DocumentCountsOptions {
  store: Pick<StoreClient, "request">;
  engines: Pick<Engines, "withLoaded" | "loaded">;
  library: Pick<Library, "answering">;
}

/** A longer text fits into no context, so that it need not be counted. */
const mostCountedTokens = 500_000;
const mostKept = 500;
/** Of a long passage, with its number and name. */
const tokensOfPassage = 250;
/** About as many in English; fewer in other languages. */
const charsPerToken = 4;

/** How many tokens documents take in the prompt. */
export class DocumentCounts {
  readonly #options: DocumentCountsOptions;
  /** What was counted, by the model, the document and its pages. */
  readonly #counted = new Map<string, number>();

  constructor(options: DocumentCountsOptions) {
    this.#options = options;
  }

  /** Returns how many tokens the passages found in so much text, in UTF-16 code units, may take. */
  ofPassages(chars: number): DocumentTokens {
    return this.#ofPassages(chars / charsPerToken);
  }

  /**
   * Resolves with how many tokens a document takes: counted if a model is loaded and idle, or else estimated. Of one that is
   * searched, with how many its passages may take.
   */
  async count(attachmentId: string): Promise<DocumentTokens> {
    const { store, engines, library } = this.#options;
    const read = await store.request("readAttachment", { attachmentId, mostTokens: mostCountedTokens });
    const { attachment, text } = read;
    const { loaded } = engines;
    if (attachment.use === "search") return this.#ofPassages(read.tokens);
    const isRead = read.tokens <= mostCountedTokens;
    const about = { tokens: isRead ? aboutTokens(text) : Math.round(read.tokens), isExact: false };
    if (loaded.state !== "ready" || !isRead) return about;
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

  #ofPassages(most: number): DocumentTokens {
    const { loaded } = this.#options.engines;
    const room = loaded.state === "ready" ? loaded.facts.contextSize * passageLimits.share : Infinity;
    return { tokens: Math.round(Math.min(most, room, passageLimits.most * tokensOfPassage)), isExact: false };
  }
}

const asked = (content: string): PromptParams => ({ messages: [{ role: "user", content }], thinking: "off" });
