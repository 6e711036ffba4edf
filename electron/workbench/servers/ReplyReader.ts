import { setImmediate as nextTurn } from "node:timers/promises";
import type { StopReason } from "../../contract/chats.ts";
import type { Answer } from "../network/Connections.ts";
import { NotJson, readEvents } from "./readEvents.ts";
import { type ReplyLimits, readLines, TooLarge } from "./readLines.ts";
import { readReply, type ReplyNews } from "./readReply.ts";
import type { ReplyWaits } from "./replyWaits.ts";
import { openAiUrl } from "./serverAddress.ts";
import { headerReader, packing } from "./ServerClient.ts";
import { type Asked, problemOfConnection, problemOfEvent, ServerFailure, withoutKey } from "./serverProblem.ts";
import { SilenceLimit } from "./SilenceLimit.ts";
import type { StreamedReply, StreamReplyOptions } from "./streamReply.ts";
import { ThoughtEnding } from "./ThoughtEnding.ts";
import { type TextPiece, ThoughtSplitter } from "./ThoughtSplitter.ts";
import type { WireMeter } from "./WireMeter.ts";

interface Options extends StreamReplyOptions {
  waits: ReplyWaits;
  limits: ReplyLimits;
  meter: WireMeter;
}

/** The words with which servers say that the model ended its reply itself. */
const ends = ["stop", "end", "eos", "eos_token", "stop_sequence", "tool_calls", "function_call"];
const lengths = ["length", "max_tokens"];
/** Of what is not JSON, for bug reports. */
const mostQuoted = 200;

/** Reads one answer of a server as a reply. */
export class ReplyReader {
  readonly #options: Options;
  readonly #asked: Asked;
  readonly #silence: SilenceLimit;
  readonly #splitter: ThoughtSplitter;
  readonly #thought: ThoughtEnding;
  /** Whether the rest of an answer is written, in which no thought can be. */
  readonly #isAnswer: boolean;
  #thoughtField: StreamedReply["thoughtField"] = "none";
  #finish: string | null = null;
  #isDone = false;
  /** Of the whole reply, also of what was there before it was continued. */
  #chars: number;
  #live: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    const { client, request, dialect, opensThought, skipThought, signal, waits, meter } = options;
    this.#options = options;
    this.#asked = client.asked(request.model);
    this.#silence = new SilenceLimit(waits, this.#asked.server);
    this.#chars = (request.soFar?.thought?.length ?? 0) + (request.soFar?.answer.length ?? 0);
    this.#isAnswer = request.soFar !== null && request.soFar.answer !== "";
    this.#splitter = new ThoughtSplitter({
      opensThought: opensThought || (request.soFar !== null && !this.#isAnswer),
      isAnswer: this.#isAnswer,
    });
    const canEnd = dialect === "llama-server";
    this.#thought = new ThoughtEnding({
      limit: canEnd ? request.thoughtLimit : null,
      skip: canEnd ? skipThought : undefined,
      ask: (id) => {
        const url = openAiUrl(client.target.url, "chat/completions/control");
        return client.json({ url, body: { id, action: "reasoning_end", model: request.model }, signal });
      },
      onCut: (why) => meter.cutThought(why),
    });
  }

  /** See `streamReply`. Being stopped before the first token rejects. */
  async read(url: URL, body: Record<string, unknown>): Promise<StreamedReply> {
    const { client, request, signal, waits, limits } = this.#options;
    let answer: Answer | null = null;
    try {
      this.#options.meter.asks();
      const either = AbortSignal.any([signal, this.#silence.signal]);
      answer = await client.open({ url, body, model: request.model, signal: either, headTimeoutMs: waits.firstMs });
      const header = headerReader(answer);
      // A sign-in page, for example, with status 200.
      if (/^text\/html\b/i.test(header("content-type") ?? "")) throw new NotJson("text/html");
      // It was not asked for.
      const packed = packing(header);
      if (packed !== null) throw new NotJson(packed);
      let turnAt = performance.now();
      for await (const message of readEvents(readLines(this.#heard(answer.body), limits))) {
        const news = readReply(message);
        if (news !== null) this.#take(news);
        else throw new ServerFailure("server-answer-invalid", { server: this.#asked.server, case: "notUnderstood" });
        if (this.#isDone) break;
        if (performance.now() - turnAt >= waits.turnMs) {
          await nextTurn();
          turnAt = performance.now();
        }
        either.throwIfAborted();
      }
      return this.#whole(null, false);
    } catch (error) {
      return this.#whole(error, answer !== null);
    } finally {
      this.#silence.close();
      this.#thought.close();
      clearInterval(this.#live);
      answer?.body.destroy();
    }
  }

  async *#heard(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      this.#silence.heard();
      this.#options.meter.arrived();
      yield chunk;
    }
  }

  #take({ error, id, progress, usage, clock, thought, answer, finish, isLast }: ReplyNews): void {
    const { meter, onEvent } = this.#options;
    if (error !== undefined) throw problemOfEvent(error, this.#asked);
    if (id !== undefined) this.#thought.id = id;
    if (progress !== undefined && !meter.hasBegun) {
      meter.reading(progress.total, progress.cached);
      const { total: promptTokens, cached: cachedTokens, processed: readTokens } = progress;
      onEvent({ kind: "reading", promptTokens, cachedTokens, readTokens, tokensPerSecond: null });
    }
    if (usage !== undefined) meter.counted(usage);
    if (clock !== undefined) meter.clocked(clock);
    if (this.#finish === null) this.#expectRoom((thought?.text.length ?? 0) + (answer?.length ?? 0));
    // What follows the end says only how much there was.
    if (this.#finish === null && thought !== undefined) {
      this.#thoughtField = thought.field;
      this.#add(this.#splitter.thought(thought.text));
    }
    if (this.#finish === null && answer !== undefined) this.#add(this.#splitter.text(answer));
    this.#finish ??= finish ?? null;
    this.#isDone ||= isLast === true;
    if (this.#finish !== null) this.#silence.enter("usage");
  }

  /** Throws `TooLarge` before there is too much to keep. */
  #expectRoom(chars: number): void {
    this.#chars += chars;
    if (this.#chars > this.#options.limits.replyChars) throw new TooLarge();
  }

  #add(pieces: TextPiece[]): void {
    const { meter, onEvent, waits } = this.#options;
    for (const { part: written, text } of pieces) {
      const part = this.#isAnswer ? "answer" : written;
      const isFirst = !meter.hasBegun;
      meter.piece(part);
      this.#silence.enter("silence");
      onEvent({ kind: "piece", part, text });
      if (isFirst) this.#tellFigures();
      this.#live ??= setInterval(() => this.#tellFigures(), waits.liveMs);
      this.#thought.wrote(part);
    }
  }

  #tellFigures(): void {
    this.#options.onEvent({ kind: "live", live: this.#options.meter.live() });
  }

  /** Returns the reply that has ended, or throws why it is not whole. `error`: how the connection ended, or null. */
  #whole(error: unknown, hasAnswer: boolean): StreamedReply {
    const { meter, request, signal } = this.#options;
    this.#add(this.#splitter.end());
    if (this.#splitter.hasTags) this.#thoughtField = "tags";
    const isWhole = this.#finish !== null || this.#isDone;
    if (!isWhole && signal.aborted && meter.hasBegun) return this.#ended("stopped", "stopped");
    if (!isWhole) throw error === null ? this.#cut() : this.#failureOf(error, hasAnswer);
    if (this.#finish === null && !meter.hasBegun) {
      throw new ServerFailure("server-answer-invalid", { server: this.#asked.server, case: "empty" });
    }
    const most = request.thoughtLimit?.tokens ?? null;
    const stopReason = this.#stopReason();
    // The token that ends the thought belongs to none of the two parts.
    if (most !== null && meter.stats(stopReason).thoughtTokens >= most - 1) meter.cutThought("tokens");
    this.#tellFigures();
    return this.#ended("done", stopReason);
  }

  #ended(outcome: StreamedReply["outcome"], stopReason: StopReason): StreamedReply {
    const { meter } = this.#options;
    const thoughtField = this.#thoughtField;
    return {
      outcome,
      stats: meter.stats(stopReason),
      thoughtField,
      hasUsage: meter.usage !== null,
      timing: meter.timing(),
    };
  }

  /** Returns why the reply ended. Throws if the server gave it up. */
  #stopReason(): StopReason {
    const { meter, request } = this.#options;
    const finish = this.#finish;
    if (finish === null || ends.includes(finish)) return "end";
    if (!lengths.includes(finish)) {
      const facts = { server: this.#asked.server, case: "said", said: finish.slice(0, 100) } as const;
      throw new ServerFailure("server-failed", facts);
    }
    const { promptTokens = 0, completionTokens = meter.pieces } = meter.usage ?? {};
    if (request.maxTokens !== null && completionTokens >= request.maxTokens) return "maxTokens";
    const isFull = request.contextSize !== null && promptTokens + completionTokens >= request.contextSize - 1;
    return isFull ? "context" : "maxTokens";
  }

  #failureOf(error: unknown, hasAnswer: boolean): Error {
    const { server, key } = this.#asked;
    if (this.#silence.signal.aborted) return this.#silence.signal.reason as Error;
    if (error instanceof TooLarge) return new ServerFailure("server-answer-invalid", { server, case: "tooLarge" });
    if (error instanceof NotJson) {
      const detail = withoutKey(error.message, key).slice(0, mostQuoted);
      return new ServerFailure("server-answer-invalid", { server, case: "notJson" }, { detail });
    }
    if (error instanceof ServerFailure) return error;
    const known = problemOfConnection(error, this.#asked);
    // However a connection breaks within an answer, what matters is that it did.
    return hasAnswer && known instanceof ServerFailure ? this.#cut(known.detail) : known;
  }

  #cut(detail?: string): ServerFailure {
    return new ServerFailure("server-cut", { server: this.#asked.server }, { detail });
  }
}
