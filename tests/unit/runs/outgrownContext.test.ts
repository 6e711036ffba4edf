import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message, ReplyStats } from "../../../electron/contract/chats.ts";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import type { ReplySettings } from "../../../electron/contract/replySettings.ts";
import type { Model, RemoteModel } from "../../../electron/contract/models.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import type { StoredBranch } from "../../../electron/workbench/chats/storeOperations.ts";
import type { Engines } from "../../../electron/workbench/engines/openEngines.ts";
import type { SessionReply, WrittenReply } from "../../../electron/workbench/engines/Session.ts";
import { type HowRoomIsMade, Runs } from "../../../electron/workbench/runs/Runs.ts";
import { abilitiesOf } from "../../../electron/workbench/servers/dialects.ts";
import { listedModel, remoteModel } from "../../support/engine/listedModel.ts";

const stats: ReplyStats = {
  thoughtTokens: 0,
  answerTokens: 10,
  thoughtMs: 0,
  thoughtCut: null,
  prefillTokensPerSecond: 100,
  tokensPerSecond: 20,
  speedSamples: [20],
  promptTokens: 90,
  cachedTokens: 0,
  ttftMs: 3,
  stopReason: "end",
};
const tooLong = () => new WorkbenchError("context-exceeded", { case: "prompt", promptTokens: 900, contextSize: 512 });

let home: string;
let store: ChatStore;
/** What was asked of the model, and what it writes to each, in order. */
let asked: SessionReply[];
let replies: ((reply: SessionReply, signal: AbortSignal) => Promise<WrittenReply>)[];
/** What was to be shortened, and what the prompt starts with then. */
let branches: StoredBranch[];
/** The model on a server that answers. Null: the one on this machine. */
let onServer: RemoteModel | null;
let makeRoom: (branch: StoredBranch, ...how: HowRoomIsMade) => Promise<StoredBranch | null>;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "outgrown-"));
  store = new ChatStore(home);
  [asked, replies, branches] = [[], [], []];
  onServer = null;
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

const request = (async (operation: "finishReply", params: never) =>
  store[operation](params)) as unknown as StoreClient["request"];

function writes(text: string, stopReason: ReplyStats["stopReason"] = "end") {
  return ({ onEvent }: SessionReply): Promise<WrittenReply> => {
    onEvent({ kind: "piece", part: "answer", text });
    return Promise.resolve({ outcome: "done", stats: { ...stats, stopReason } });
  };
}
const refuses = (error: Error) => (): Promise<WrittenReply> => Promise.reject(error);

function openRuns(): Runs {
  const use = (async (
    model: Model | (() => Promise<unknown>),
    _purpose: unknown,
    signal: AbortSignal,
    work: (s: unknown) => unknown,
  ) => {
    if (typeof model === "function") await model();
    return work({
      reply(reply: SessionReply) {
        asked.push(reply);
        const write = replies.shift();
        return write === undefined ? Promise.reject(new Error("asked too often")) : write(reply, signal);
      },
    });
  }) as unknown as Engines["use"];
  return new Runs({
    engines: { use },
    library: { answeringFile: async () => listedModel("nano"), answeringServer: async () => onServer },
    shownError: toProblem,
    store: { request },
    onEvent: () => undefined,
    makeRoom(branch, ...how) {
      branches.push(branch);
      return makeRoom(branch, ...how);
    },
  });
}

/** Writes two turns with the given replies, of which the second is returned as it was stored. */
async function write(
  runs = openRuns(),
  wishes: Partial<ReplySettings> = {},
): Promise<{ message: Message; questions: string[] }> {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  store.configureChat({ chatId, replySettings: { ...defaultReplySettings, ...wishes } });
  const questions: string[] = [];
  replies.unshift(writes("first answer"));
  let runId = "";
  for (const text of ["first question", "second question"]) {
    const begun = store.beginTurn({ chatId, text, model: null });
    questions.push(begun.history.at(-1)?.id ?? "");
    ({ runId } = runs.start(begun, null));
    const id = runId;
    await new Promise<void>((resolve) => runs.attach(id, ({ kind }) => kind === "ended" && resolve()));
  }
  return { message: store.readMessage({ messageId: runId }), questions };
}

/** Leaves out everything before the last question; once, because no more can be left out. */
function fromLastQuestion(branch: StoredBranch): Promise<StoredBranch | null> {
  const promptFrom = branch.messages.at(-2)?.id ?? null;
  const isDone = branch.chat.promptFrom === promptFrom;
  return Promise.resolve(isDone ? null : { ...branch, chat: { ...branch.chat, promptFrom } });
}

const prompts = () => asked.map(({ messages }) => messages.map(({ content }) => content));

test("a prompt that does not fit is sent without the oldest messages, as the same reply", async () => {
  makeRoom = fromLastQuestion;
  replies = [refuses(tooLong()), writes("second answer")];
  const { message } = await write();
  expect(message).toMatchObject({ state: "done", text: "second answer", problem: null, stats });
  expect(prompts().slice(1)).toEqual([["first question", "first answer", "second question"], ["second question"]]);
  expect(branches).toHaveLength(1);
});

test("a reply that fills the context goes on in it, with the figures of both parts", async () => {
  makeRoom = fromLastQuestion;
  replies = [writes("half of it, ", "context"), writes("and the rest")];
  const { message } = await write();
  expect(message).toMatchObject({
    state: "done",
    text: "half of it, and the rest",
    stats: { answerTokens: 20, stopReason: "end" },
  });
  expect(asked.at(-1)).toMatchObject({ soFar: { thought: null, answer: "half of it, " } });
  expect(prompts().at(-1)).toEqual(["second question"]);
  expect(branches[0]?.messages.at(-1)).toMatchObject({ role: "assistant", text: "half of it, " });
});

test("a reply that fills the context of a server which cannot continue ends there, and nothing is left out", async () => {
  onServer = remoteModel({ ...abilitiesOf.other, continues: false });
  makeRoom = fromLastQuestion;
  replies = [writes("half of it", "context")];
  expect((await write()).message).toMatchObject({
    state: "done",
    text: "half of it",
    problem: null,
    stats: { stopReason: "context" },
  });
  expect(branches).toEqual([]);
});

test("what was written before counts for the longest reply and the longest thought", async () => {
  makeRoom = fromLastQuestion;
  replies = [writes("half of it, ", "context"), writes("and the rest")];
  await write(openRuns(), { maxTokens: 100, thoughtTokens: 50 });
  expect(asked.slice(1).map(({ maxTokens, thoughtLimit }) => [maxTokens, thoughtLimit?.tokens])).toEqual([
    [100, 50],
    [90, 50],
  ]);
});

test("it ends as before if nothing may be left out, nothing more can be, or counting fails", async () => {
  for (const room of [() => Promise.resolve(null), () => Promise.reject(tooLong())]) {
    makeRoom = room;
    replies = [refuses(tooLong())];
    expect((await write()).message).toMatchObject({ state: "failed", problem: { code: "context-exceeded" } });
  }
  // A second time, with the same beginning.
  makeRoom = fromLastQuestion;
  replies = [writes("one ", "context"), writes("two", "context")];
  expect((await write()).message).toMatchObject({ state: "done", text: "one two", stats: { stopReason: "context" } });
});

test("another failure leaves nothing out", async () => {
  makeRoom = () => Promise.reject(new Error("not to be asked"));
  replies = [refuses(new WorkbenchError("engine-down"))];
  expect((await write()).message).toMatchObject({ state: "failed", problem: { code: "engine-down" } });
  replies = [writes("short", "maxTokens")];
  expect((await write()).message).toMatchObject({ state: "done", stats: { stopReason: "maxTokens" } });
  expect(branches).toEqual([]);
});

test("stopped while messages are counted, it is stopped", async () => {
  const runs = openRuns();
  makeRoom = ({ messages }) => {
    runs.stop(messages.at(-1)?.id ?? "");
    return Promise.resolve(null);
  };
  replies = [refuses(tooLong())];
  expect((await write(runs)).message).toMatchObject({ state: "stopped", problem: null });
});

test("a summary stands in the prompt in place of the messages it is about, and its parts are a stage of the reply", async () => {
  const stages: unknown[] = [];
  const runs = openRuns();
  makeRoom = (branch, _signal, onPart) => {
    runs.attach(branch.messages.at(-1)?.id ?? "", (frame) => {
      if (frame.kind === "stage") stages.push(frame.stage);
    });
    onPart(2, 3);
    const summary = { text: "the sum of it", model: { id: "nano", name: "Nano" }, createdAt: 1 };
    const messages = branch.messages.map((each) => (each.text === "first answer" ? { ...each, summary } : each));
    return Promise.resolve({ ...branch, messages });
  };
  replies = [refuses(tooLong()), writes("second answer")];
  expect((await write(runs)).message).toMatchObject({ state: "done", text: "second answer" });
  expect(stages[0]).toEqual({ stage: "summarizing", part: 2, parts: 3 });
  expect(prompts().at(-1)).toEqual([expect.stringMatching(/^Summary of .*the sum of it\n\nsecond question$/s)]);
});

test("a failure while room is made is the failure of the reply, whose text is kept", async () => {
  makeRoom = () => Promise.reject(new WorkbenchError("disk-full"));
  replies = [writes("half of it", "context")];
  expect((await write()).message).toMatchObject({
    state: "failed",
    text: "half of it",
    problem: { code: "disk-full" },
  });
});
