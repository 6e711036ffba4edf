import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { SessionReply, WrittenReply } from "../../../electron/workbench/engines/Session.ts";
import { answerProgram, type ProgramRequest } from "../../../electron/workbench/runs/answerProgram.ts";
import type { ReplyRooms } from "../../../electron/workbench/runs/writeReply.ts";

const figures = {
  promptTokens: 10,
  cachedTokens: 0,
  thoughtTokens: 0,
  answerTokens: 0,
  ttftMs: 5,
  thoughtMs: 0,
  thoughtCut: null,
  prefillTokensPerSecond: 100,
  tokensPerSecond: 50,
  stopReason: "stopped" as const,
  speedSamples: [],
};
type Step = {
  gaveWay: boolean;
  /** Whether its turn can be kept. */
  keeps?: boolean;
  write: (reply: SessionReply) => Partial<Omit<typeof figures, "stopReason">> & { stopReason?: string };
};

/** Engines whose turns go as these steps say. */
function roomsOf(steps: Step[]) {
  const asked: { purpose: string; reply: SessionReply }[] = [];
  const kept: string[] = [];
  const use = async (
    _model: unknown,
    purpose: string,
    _signal: unknown,
    work: (session: unknown, keepTurn: () => boolean) => Promise<WrittenReply>,
  ) => {
    const step = steps[asked.length];
    if (step === undefined) throw new Error("It was asked too often.");
    const session = {
      reply: (reply: SessionReply) => {
        asked.push({ purpose, reply });
        return Promise.resolve({
          outcome: step.gaveWay ? "stopped" : "done",
          stats: { ...figures, ...step.write(reply) },
        });
      },
    };
    const written = await work(session, () => {
      kept.push(purpose);
      return step.keeps ?? false;
    });
    if (step.gaveWay) throw new WorkbenchError("engine-busy");
    return written;
  };
  return {
    rooms: { engines: { use }, library: { answeringServer: async () => null } } as unknown as ReplyRooms,
    asked,
    kept,
  };
}

function requestOf(change: Partial<ProgramRequest> = {}) {
  const told: string[] = [];
  const request: ProgramRequest = {
    modelId: "r1",
    messages: [{ role: "user", content: "Hello" }],
    thinking: "on",
    maxTokens: 100,
    signal: new AbortController().signal,
    onStage: () => undefined,
    onPiece: (part, text) => told.push(`${part}:${text}`),
    ...change,
  };
  return { request, told };
}

const writes =
  (part: "thought" | "answer", text: string, counted: object) =>
  ({ onEvent }: SessionReply) => {
    onEvent({ kind: "piece", part, text });
    return counted;
  };

test("a reply that gave way goes on from what was written, and is counted as one", async () => {
  const { rooms, asked } = roomsOf([
    { gaveWay: true, write: writes("thought", "hm", { thoughtTokens: 2 }) },
    { gaveWay: true, write: writes("answer", "The ", { thoughtTokens: 1, answerTokens: 1, ttftMs: 99 }) },
    { gaveWay: false, write: writes("answer", "end", { answerTokens: 1, stopReason: "end" }) },
  ]);
  const { request, told } = requestOf();
  const { outcome, stats } = await answerProgram(rooms, request);
  expect(outcome).toBe("done");
  expect(stats).toMatchObject({ promptTokens: 10, ttftMs: 5, thoughtTokens: 3, answerTokens: 2, stopReason: "end" });
  expect(told).toEqual(["thought:hm", "answer:The ", "answer:end"]);
  expect(asked.map(({ purpose }) => purpose)).toEqual(["api", "api", "api"]);
  expect(asked.map(({ reply }) => reply.soFar)).toEqual([
    undefined,
    { thought: "hm", answer: "" },
    { thought: "hm", answer: "The " },
  ]);
  expect(asked.map(({ reply }) => reply.maxTokens)).toEqual([100, 98, 96]);
});

test("one that had written nothing begins anew, and a plain text is continued as a text", async () => {
  const { rooms, asked } = roomsOf([
    { gaveWay: true, write: () => ({}) },
    { gaveWay: true, write: writes("answer", " upon", { answerTokens: 2 }) },
    { gaveWay: false, write: () => ({ stopReason: "end" }) },
  ]);
  await answerProgram(rooms, requestOf({ plainText: "Once", thinking: "auto" }).request);
  expect(asked.map(({ reply }) => reply.plainText)).toEqual(["Once", "Once", "Once upon"]);
  expect(asked.every(({ reply }) => reply.soFar === undefined)).toBe(true);
});

test("one that gave way with its last token has ended", async () => {
  const { rooms, asked } = roomsOf([{ gaveWay: true, write: writes("answer", "The end", { answerTokens: 100 }) }]);
  const { outcome, stats } = await answerProgram(rooms, requestOf().request);
  expect(outcome).toBe("done");
  expect(stats).toMatchObject({ answerTokens: 100, stopReason: "maxTokens" });
  expect(asked).toHaveLength(1);
});

test("an answer with a form is begun only in a turn that it keeps; the thought before it gives way", async () => {
  const { rooms, asked, kept } = roomsOf([
    { gaveWay: true, write: writes("thought", "h", { thoughtTokens: 1 }) },
    {
      gaveWay: true,
      write: (reply) => {
        writes("thought", "m", { thoughtTokens: 1 })(reply);
        return writes("answer", "{", { thoughtTokens: 1, answerTokens: 1 })(reply);
      },
    },
    { gaveWay: false, keeps: true, write: writes("answer", "{}", { answerTokens: 2, stopReason: "end" }) },
  ]);
  const { request, told } = requestOf({ form: { schema: {}, grammar: 'root ::= "{}"' } });
  await answerProgram(rooms, request);
  expect(told).toEqual(["thought:h", "thought:m", "answer:{}"]);
  expect(asked.map(({ reply }) => reply.soFar)).toEqual([
    undefined,
    { thought: "h", answer: "" },
    { thought: "hm", answer: "" },
  ]);
  expect(kept).toHaveLength(2);
});

test("an answer without a form keeps no turn", async () => {
  const { rooms, kept } = roomsOf([{ gaveWay: false, write: writes("answer", "x", { answerTokens: 1 }) }]);
  await answerProgram(rooms, requestOf().request);
  expect(kept).toEqual([]);
});

test("an answer with a form that was not begun, without a thought, begins anew", async () => {
  const { rooms, asked } = roomsOf([
    { gaveWay: true, write: writes("answer", "{", { answerTokens: 1 }) },
    { gaveWay: false, keeps: true, write: writes("answer", "{}", { answerTokens: 2 }) },
  ]);
  const { request, told } = requestOf({ thinking: "off", form: { schema: {}, grammar: 'root ::= "{}"' } });
  const { stats } = await answerProgram(rooms, request);
  expect(told).toEqual(["answer:{}"]);
  expect(asked[1]?.reply.soFar).toBeUndefined();
  expect(stats).toMatchObject({ answerTokens: 2 });
});

test("one whose program has gone meanwhile does not go on", async () => {
  const going = new AbortController();
  const { rooms, asked } = roomsOf([
    {
      gaveWay: true,
      write: (reply) => {
        going.abort();
        return writes("answer", "x", { answerTokens: 1 })(reply);
      },
    },
  ]);
  const { outcome, stats } = await answerProgram(rooms, requestOf({ signal: going.signal }).request);
  expect(outcome).toBe("stopped");
  expect(stats?.answerTokens).toBe(1);
  expect(asked).toHaveLength(1);
});
