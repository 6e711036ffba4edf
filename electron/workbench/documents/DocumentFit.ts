import { aboutTokensOf } from "../../contract/aboutTokens.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { atMost } from "../atMost.ts";
import type { MessagePassages } from "../chats/AttachmentTable.ts";
import type { FoundPassages, OfQuestion } from "../chats/passages/DocumentPassages.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import { promptMessages } from "../runs/promptMessages.ts";
import { mostThatFit } from "./mostThatFit.ts";
import { numberedPassages } from "./numberedPassages.ts";
import { passageLimits } from "./passageLimits.ts";
import { remembered } from "./remembered.ts";

export interface DocumentFitOptions {
  store: Pick<StoreClient, "request">;
  engines: Pick<Engines, "use" | "loaded" | "isBusy">;
  library: Pick<Library, "answeringFile" | "answeringServer">;
  /** Returns whether the messages before a question may be left out or summarized once there is no room for them. */
  makesRoom: () => boolean;
}

/** An estimate may be that many times too high. */
const doubt = 2;
/** The share of the context that is left for the reply at least. */
const shareOfReply = 1 / 16;
/** Documents with fewer tokens are read, whatever the context. */
const alwaysRead = 100_000;
/** What is prepared is forgotten when something is deleted, which nobody does so often while a question is prepared. */
const mostTries = 10;

/** A prompt: its size in tokens, and that of the context. */
interface Measured {
  promptTokens: number;
  contextSize: number;
  isCounted: boolean;
}

/** Fits documents into the context of the model. */
export class DocumentFit {
  readonly #options: DocumentFitOptions;
  /** Documents that are prepared at once could make the store forget each other, for ever. */
  readonly #oneAtATime = atMost(1);

  constructor(options: DocumentFitOptions) {
    this.#options = options;
  }

  /** Prepares the documents that are searched, so that passages are found at once. */
  async prepare(chatId: string | null, attachmentIds: readonly string[]): Promise<void> {
    await this.#oneAtATime(() => this.#prepare({ chatId, attachmentIds }));
  }

  /**
   * Resolves with the passages for a question, in its documents that are searched: as many of the best ones as the context
   * has room for, after loading the model if necessary. Rejects with `passages-not-found` if there are none and the
   * documents are new in the chat, with `store-failed` if they are forgotten again and again, or with the problem of the load.
   */
  async passages(question: OfQuestion): Promise<MessagePassages> {
    return (await this.#choose(question)).passages;
  }

  /**
   * Resolves with those passages if the message fits into the context with them and its other documents. Rejects with
   * `documents-too-long` or `passages-not-found`, with the problem of the load, or with what reading the chat rejects with.
   */
  async expectFit(question: OfQuestion): Promise<MessagePassages> {
    const inChat = await this.#choose(question);
    if (tooLong(inChat.measured) === null) return inChat.passages;
    const alone = this.#options.makesRoom() ? await this.#choose(question, true) : inChat;
    const refused = tooLong(alone.measured);
    if (refused === null) return alone.passages;
    // Nobody attached what is found in a folder: then the chat itself is too long, which the reply says.
    if (question.attachmentIds.length === 0) return alone.passages;
    throw refusal(refused);
  }

  /**
   * Resolves unless the documents that are sent whole are far too long for the context, so that nobody reads them. Loads the
   * model if they may be. Rejects with `documents-too-long`, or with the problem of the load.
   */
  async expectReadable(question: OfQuestion): Promise<void> {
    const { engines, library, store } = this.#options;
    const promptTokens = await store.request("weighAttachments", question);
    if (promptTokens <= alwaysRead) return;
    const { modelId } = await store.request("readChat", { chatId: question.chatId });
    const { signal } = new AbortController();
    const onServer = await library.answeringServer(modelId);
    const contextSize = await engines.use(
      onServer ?? (() => library.answeringFile(modelId)),
      "reply",
      signal,
      async (session) => session.contextSize,
    );
    const refused = tooLong(contextSize === null ? null : { promptTokens, contextSize, isCounted: false });
    if (refused !== null) throw refusal(refused);
  }

  /** Null unless the model is loaded. */
  get #contextSize(): number | null {
    const { loaded } = this.#options.engines;
    return loaded.state === "ready" ? loaded.facts.contextSize : null;
  }

  /**
   * `measured` is null if the size of the context is not known: another reply is being written, and the model not loaded.
   * With `isAlone`, the messages before the question are not counted.
   */
  async #choose(
    question: OfQuestion,
    isAlone = false,
  ): Promise<{ passages: MessagePassages; measured: Measured | null }> {
    const { engines, library, store } = this.#options;
    const found = await this.#find(question);
    const passagesOf = (count: number): MessagePassages => numberedPassages(found, question.attachmentIds, count);
    // Each time, the store reads the chat, its documents and what was found.
    const read = remembered(async (count: number) => {
      const { chat, messages, files } = await store.request("previewTurn", {
        ...question,
        passages: passagesOf(count),
      });
      const start = isAlone ? { ...chat, promptFrom: messages.at(-1)?.id ?? null } : chat;
      const prompt = { messages: promptMessages(start, messages, files), thinking: chat.thinking };
      return { chat, prompt, about: aboutTokensOf(prompt.messages) };
    });
    const unmeasured = { passages: passagesOf(found.passages.length), measured: null };
    const fitted = async (size: number, isCounted: boolean, measure: (count: number) => Promise<number>) => {
      const tokensOf = remembered(measure);
      const count = await mostThatFit(found.passages.length, size, tokensOf);
      const measured = { promptTokens: await tokensOf(count), contextSize: size, isCounted };
      return { passages: passagesOf(count), measured };
    };
    const about = async (count: number): Promise<number> => (await read(count)).about;
    const weight = await store.request("weighAttachments", question);
    /** What is far too long is not read. */
    const tooHeavy = (contextSize: number) => {
      const measured = tooLong({ promptTokens: weight, contextSize, isCounted: false });
      return measured && { ...unmeasured, measured };
    };

    const chat = await store.request("readChat", { chatId: question.chatId });
    const onServer = await library.answeringServer(chat.modelId);
    if (onServer !== null) {
      // Estimated: to count it, everything would be sent to the server once more.
      const size = onServer.contextLength;
      return size === null ? unmeasured : (tooHeavy(size) ?? (await fitted(size, false, about)));
    }
    if (engines.isBusy) {
      // Nobody should wait for another reply to learn this. The reply itself is refused if the estimate was too low.
      const size = this.#contextSize;
      return size === null ? unmeasured : (tooHeavy(size) ?? (await fitted(size, false, about)));
    }
    const chosen = await engines.use(
      () => library.answeringFile(chat.modelId),
      "reply",
      new AbortController().signal,
      async (session) => {
        const size = session.contextSize;
        if (size === null) return unmeasured;
        const refused = tooHeavy(size);
        if (refused !== null) return refused;
        // Counting what is far too long would take long.
        if ((await about(0)) > size * doubt) return await fitted(size, false, about);
        return await fitted(size, true, async (count) => (await session.countTokens((await read(count)).prompt)) ?? 0);
      },
    );
    return chosen ?? unmeasured;
  }

  async #find(question: OfQuestion): Promise<FoundPassages> {
    // What is prepared already, and a question that searches nothing, need not wait for other documents.
    const known = await this.#findPrepared(question);
    const found = known ?? (await this.#oneAtATime(() => this.#prepareAndFind(question)));
    if (found.passages.length === 0 && found.newNames.length > 0) {
      throw new WorkbenchError("passages-not-found", { names: found.newNames });
    }
    return found;
  }

  async #prepareAndFind(question: OfQuestion): Promise<FoundPassages> {
    const { chatId, attachmentIds, text } = question;
    for (let tries = 0; tries < mostTries; tries++) {
      await this.#prepare({ chatId, attachmentIds, text });
      const found = await this.#findPrepared(question);
      // What was prepared may have been forgotten since.
      if (found !== null) return found;
    }
    throw new WorkbenchError("store-failed", undefined, "what was prepared of the documents was forgotten each time");
  }

  #findPrepared(question: OfQuestion): Promise<FoundPassages | null> {
    return this.#options.store.request("findPassages", { ...question, most: passageLimits.most });
  }

  async #prepare(
    about: Omit<Partial<OfQuestion>, "chatId"> & Pick<OfQuestion, "attachmentIds"> & { chatId: string | null },
  ): Promise<void> {
    // Step by step, so that other requests to the store come between.
    while (await this.#options.store.request("indexPassages", about));
  }
}

/** Returns what leaves no room for a reply, or null. What could not be measured may be refused by the reply itself. */
function tooLong(measured: Measured | null): Measured | null {
  if (measured === null) return null;
  const { promptTokens, contextSize, isCounted } = measured;
  return promptTokens > contextSize * (isCounted ? 1 - shareOfReply : doubt) ? measured : null;
}

const refusal = ({ promptTokens, contextSize, isCounted }: Measured): WorkbenchError =>
  new WorkbenchError("documents-too-long", {
    case: isCounted ? "counted" : "about",
    promptTokens: Math.round(promptTokens),
    contextSize,
  });
