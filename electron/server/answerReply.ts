import type { ServerResponse } from "node:http";
import { WorkbenchError } from "../contract/errors.ts";
import { isOffered } from "../contract/modelChoice.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { ApiFailure } from "./ApiFailure.ts";
import { EventStream } from "./EventStream.ts";
import type { Place } from "./ReplyQueue.ts";
import type { EndedReply, ReplyShape } from "./ReplyShape.ts";
import type { ReplyWish } from "./ReplyWish.ts";
import type { LoggedRequest } from "./RequestLog.ts";
import { StopStrings } from "./StopStrings.ts";

export interface ReplyTask {
  workbench: Pick<Workbench, "answerProgram">;
  /** The model's id. */
  modelId: string;
  wish: ReplyWish;
  shape: ReplyShape;
  place: Place;
  logged: LoggedRequest;
  response: ServerResponse;
  /** Returns what a program is told about a failure. */
  failureOf: (error: unknown) => ApiFailure;
}

/**
 * Has the engine write a reply, and sends it. Resolves once it has ended, also if its program has gone. Rejects, before
 * anything was sent, with the failure; in a stream, a failure is its last event, and this rejects afterwards.
 */
export async function answerReply(task: ReplyTask): Promise<void> {
  const { wish, shape, response, failureOf } = task;
  const stream = wish.isStream ? new EventStream(response) : null;
  try {
    for (const event of stream === null ? [] : shape.opening()) stream?.send(event);
    const reply = await write(task, stream);
    if (reply === null) return;
    if (stream === null) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(shape.whole(reply)));
    } else for (const event of shape.ending(reply)) stream.send(event);
  } catch (error) {
    for (const event of stream === null ? [] : shape.failing(failureOf(error).body.error)) stream?.send(event);
    throw error;
  } finally {
    stream?.end();
  }
}

/** Resolves with null if the program has gone meanwhile. */
async function write(task: ReplyTask, stream: EventStream | null): Promise<EndedReply | null> {
  const { workbench, modelId, wish, shape, place, logged, response } = task;
  const { messages, plainText, thinking, form, temperature, topP, seed, maxTokens } = wish;
  const texts = { thought: "", answer: "" };
  const stops = new StopStrings(wish.stop);
  let hasAnswer = plainText !== undefined;
  const ending = new AbortController();
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  // The socket's: a response to a pipelined request learns of nothing before its turn.
  const { socket } = response.req;
  socket.once("close", onClose);
  if (socket.destroyed) gone.abort();
  const add = (part: "thought" | "answer", text: string): void => {
    if (text === "") return;
    texts[part] += text;
    logged.addText(part, text);
    for (const event of stream === null ? [] : shape.piece(part, text)) stream?.send(event);
  };
  const queuedAt = performance.now();
  let waitedMs: number | null = null;
  try {
    const { outcome, stats } = await workbench.answerProgram({
      modelId,
      messages,
      plainText,
      thinking,
      form,
      wishes: { temperature, topP, seed },
      maxTokens,
      signal: AbortSignal.any([ending.signal, gone.signal, logged.stopped]),
      onModel(model) {
        // While it waited, the model may have been deleted, and another one would answer in its place, or its server moved.
        if (model.id !== modelId || !isOffered(model))
          throw new WorkbenchError("model-not-found", { case: "named", name: modelId });
        // Called again when it goes on after it gave way.
        waitedMs ??= Math.round(performance.now() - queuedAt);
        place.begin();
        logged.update({ outcome: "running", model: model.name, waitedMs });
      },
      onStage(stage) {
        if (stage.stage !== "reading") return;
        const events = shape.reading(stage);
        if (events.length === 0) stream?.ping();
        for (const event of events) stream?.send(event);
      },
      onPiece(part, text) {
        if (part === "thought") return add(part, text);
        // R1 puts an empty line between its thought and its answer. A plain text is continued as it is.
        const own = hasAnswer ? text : text.trimStart();
        hasAnswer ||= own !== "";
        add("answer", stops.take(own));
        if (stops.isOver) ending.abort();
      },
    });
    if (stats !== null) {
      const { promptTokens, ttftMs, prefillTokensPerSecond, tokensPerSecond } = stats;
      const writtenTokens = stats.thoughtTokens + stats.answerTokens;
      logged.update({ promptTokens, writtenTokens, ttftMs, prefillTokensPerSecond, tokensPerSecond });
    }
    if (gone.signal.aborted) {
      logged.update({ outcome: "stopped" });
      return null;
    }
    if (outcome === "stopped" && !stops.isOver) throw stopped();
    if (stats === null) throw new WorkbenchError("engine-down");
    add("answer", stops.end());
    logged.update({ outcome: "done" });
    const isCut = stats.stopReason === "maxTokens" || stats.stopReason === "context";
    return { ...texts, finish: isCut ? "length" : "stop", stats };
  } finally {
    socket.off("close", onClose);
  }
}

const stopped = (): ApiFailure =>
  new ApiFailure(503, {
    code: "stopped",
    message: "The reply was stopped in the app.",
    headers: { "x-should-retry": "false" },
  });
