// An engine that writes exactly what a test provides (see writeReplies.ts): a real child process that speaks the
// engine's protocol. It accepts any model, reads what to write from the file named by R1_TEST_REPLY, and reports about
// itself what R1_TEST_ENGINE_SAYS contains.
import { readFile } from "node:fs/promises";
import { setImmediate, setTimeout } from "node:timers/promises";

const { ready, facts } = JSON.parse(process.env.R1_TEST_ENGINE_SAYS ?? "{}");
const liveEveryMs = 250;
const beat = setInterval(() => void send({ type: "heartbeat", residentBytes: 1_000_000 }), 1000);
/** Running requests that were cancelled. */
const cancelled = new Set();
/** Running requests whose thought is to end. */
const skipped = new Set();

/** @param {object} report */
function send(report) {
  return new Promise((resolve) => process.send?.(report, () => resolve(undefined)));
}

/** @param {{ thought: number, answer: number }} written pieces, which count as tokens here */
function figures({ thought, answer }, startedAt, thoughtCut) {
  return {
    promptTokens: 10,
    cachedTokens: 0,
    thoughtTokens: thought,
    answerTokens: answer,
    ttftMs: 1,
    thoughtMs: thought === 0 ? 0 : 1,
    thoughtCut,
    prefillTokensPerSecond: 1000,
    tokensPerSecond: thought + answer < 2 ? null : ((thought + answer) * 1000) / (performance.now() - startedAt + 1),
    speedSamples: [],
  };
}

let inTurns = 0;

/** Of several replies, each is written once, then the first one again. */
function inTurn(told) {
  return Array.isArray(told) ? told[inTurns++ % told.length] : told;
}

async function generate(id) {
  const {
    pieces,
    hold,
    isRepeating = false,
    piecesPerSecond = null,
  } = inTurn(JSON.parse(await readFile(process.env.R1_TEST_REPLY ?? "", "utf8")));
  const written = { thought: 0, answer: 0 };
  const startedAt = performance.now();
  const tellLive = () =>
    send({
      type: "event",
      id,
      event: {
        kind: "live",
        live: {
          ...figures(written, startedAt, null),
          isRepeating,
          elapsedMs: performance.now() - startedAt,
          tokensPerSecondNow: null,
          memory: { residentBytes: 1_000_000, gpuBytes: null },
        },
      },
    });
  const event = { kind: "reading", readTokens: 10, promptTokens: 10, cachedTokens: 0, tokensPerSecond: null };
  await send({ type: "event", id, event });
  let toldAt = 0;
  for (const { part, text } of pieces) {
    while (hold === "thought" && part === "answer" && !cancelled.has(id) && !skipped.has(id)) {
      await tellLive();
      await setTimeout(50);
    }
    if (cancelled.has(id)) break;
    if (skipped.has(id) && part === "thought") continue;
    await send({ type: "event", id, event: { kind: "piece", part, text } });
    written[part]++;
    if (piecesPerSecond !== null) {
      const aheadMs = ((written.thought + written.answer) * 1000) / piecesPerSecond - (performance.now() - startedAt);
      if (aheadMs > 1) await setTimeout(aheadMs);
    }
    if (performance.now() - toldAt < liveEveryMs) continue;
    toldAt = performance.now();
    await tellLive();
    // Gives a cancel the chance to arrive.
    await setImmediate();
  }
  while (hold === true && !cancelled.has(id)) await setImmediate();
  await tellLive();
  const stopReason = cancelled.delete(id) ? "stopped" : "end";
  await send({
    type: "result",
    id,
    value: { ...figures(written, startedAt, skipped.delete(id) ? "skipped" : null), stopReason },
  });
}

process.on("message", (command) => {
  const { type, id, operation, params } = command;
  if (type === "shutdown") process.exit(0);
  if (type === "cancel") cancelled.add(id);
  if (type === "skipThought") skipped.add(id);
  if (type !== "request") return;
  if (operation === "load")
    void send({
      type: "result",
      id,
      value: { ...facts, contextSize: params.contextSize, batchSize: params.batchSize },
    });
  else if (operation === "unload") void send({ type: "result", id, value: null });
  else if (operation === "generate") {
    generate(id).catch((error) =>
      send({ type: "failed", id, problem: { code: "internal", message: String(error), detail: error?.stack } }),
    );
  } else if (operation === "prompt") {
    const text = params.messages.map(({ role, content }) => `<｜${role}｜>${content}`).join("");
    void send({ type: "result", id, value: { text, tokens: text.split(" ").map((_, index) => index) } });
  } else void send({ type: "failed", id, problem: { code: "internal", message: `No ${operation} here.` } });
});
process.on("disconnect", () => {
  clearInterval(beat);
  process.exit(0);
});
void send({ ...ready, info: { ...ready.info, pid: process.pid } });
