import { join } from "node:path";
import { expect, test } from "vitest";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { VoteRun } from "../../../electron/contract/votes.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { askedModel } from "../../../electron/workbench/runs/askedModel.ts";
import { Runs } from "../../../electron/workbench/runs/Runs.ts";
import { VoteRuns } from "../../../electron/workbench/votes/VoteRuns.ts";
import { heldStore } from "../../support/chats/heldStore.ts";
import { oneTokenStats as stats } from "../../support/chats/oneTokenStats.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { type Generation, type ReplyEngines, replyEngines } from "../../support/engine/openReplyEngines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const openScripted = replyEngines[1]?.[1] as (home: string) => Promise<ReplyEngines>;

/** Votes over the real store and runs; the test writes the answers. In it is a chat with a question and its reply. */
async function open() {
  const home = join(await temporaryFolder(), "home");
  const store = new ChatStore(home);
  const { engines, next } = await openScripted(home);
  const { request, refuse, holdNext, expectAllowed } = heldStore(store);
  const shown: string[] = [];
  const told: VoteRun[] = [];
  const waiting: ((run: VoteRun) => void)[] = [];
  const startApp = () => {
    const runs = new Runs({
      engines,
      library: { answeringFile: async () => listedModel("nano"), answeringServer: async () => null },
      shownError: toProblem,
      store: { request },
      onEvent: () => undefined,
    });
    const votes = new VoteRuns({
      store: { request },
      runs,
      models: { nameOf: async () => null },
      send: async ({ chatId: id, text }, oneOfSeveral) => {
        expectAllowed();
        const model = askedModel(null, oneOfSeveral.asked);
        return runs.start(store.beginTurn({ chatId: id, text, model }), null, oneOfSeveral);
      },
      show: async (messageId) => shown.push(messageId),
      onEvent: (name, data) => {
        if (name !== "votes.changed") return;
        told.push(data as VoteRun);
        if ((data as VoteRun).state !== "running") for (const resolve of waiting.splice(0)) resolve(data as VoteRun);
      },
      shownError: toProblem,
    });
    return { runs, votes };
  };
  let app = startApp();
  const { runs, votes } = app;
  const ended = () => new Promise<VoteRun>((resolve) => waiting.push(resolve));
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const write = (generation: Generation, answer: string): void => {
    generation.emit({ kind: "piece", part: "answer", text: answer });
    generation.finish(stats);
  };
  const { runId: messageId } = runs.start(store.beginTurn({ chatId, text: "x", model: null }), null);
  const first = new Promise<void>((resolve) => {
    runs.attach(messageId, ({ kind }) => kind === "ended" && resolve());
  });
  write(await next(), String.raw`\boxed{23}`);
  await first;
  return {
    store,
    runs,
    votes,
    chatId,
    messageId,
    shown,
    told,
    next,
    write,
    ended,
    refuse,
    holdNext,
    /** Ends the app during an answer, and starts it again with the same store. */
    restart: async () => {
      const over = app.runs.isHeld(chatId) ? ended() : null;
      await app.votes.close();
      await app.runs.close();
      await over;
      app = startApp();
      return app;
    },
  };
}
const wrote = (store: ChatStore, messageId: string) =>
  store.readMessage({ messageId }).version.ids.map((id) => store.readMessage({ messageId: id }));

test("between two answers the chat is busy, and stopping holds for the answer that is about to begin", async () => {
  const { runs, votes, chatId, messageId, next, write, ended, holdNext, told, shown } = await open();
  const over = ended();
  await votes.start(messageId, 5);
  expect(runs.isHeld(chatId)).toBe(true);
  const second = holdNext();
  write(await next(), String.raw`\boxed{23}`);
  await second.asked;
  expect(runs.runIn(chatId)).toBeNull();
  expect(runs.isHeld(chatId)).toBe(true);
  expect(runs.isWriting).toBe(true);
  const stopped = votes.stop(chatId);
  second.letGo();
  expect(await over).toMatchObject({ state: "stopped", done: 1, wanted: 5 });
  await stopped;
  expect(told.map(({ state }) => state)).toEqual(["running", "running", "stopped"]);
  expect(runs.isHeld(chatId)).toBe(false);
  expect(runs.isWriting).toBe(false);
  expect(shown).toEqual([messageId]);
});

test("whatever stops the replies of a chat stops the asking too", async () => {
  const { runs, votes, messageId, next, write, ended, holdNext } = await open();
  const over = ended();
  await votes.start(messageId, 5);
  const second = holdNext();
  write(await next(), String.raw`\boxed{23}`);
  await second.asked;
  const stopped = runs.stopAll();
  second.letGo();
  await stopped;
  expect((await over).state).toBe("stopped");
});

test("closing waits for the answer that is about to begin", async () => {
  const { runs, votes, store, messageId, next, write, holdNext } = await open();
  await votes.start(messageId, 5);
  const second = holdNext();
  write(await next(), String.raw`\boxed{23}`);
  await second.asked;
  const closed = votes.close();
  second.letGo();
  await closed;
  await runs.close();
  const { version } = store.readMessage({ messageId });
  expect(version.ids.map((id) => store.readMessage({ messageId: id }).state)).toEqual(["done", "done", "interrupted"]);
});

test("someone who went to another branch meanwhile stays there", async () => {
  const { runs, votes, store, messageId, next, write, ended, shown } = await open();
  const questionId = store.readMessage({ messageId }).parentId ?? "";
  const edited = store.beginEdit({ messageId: questionId, text: "y", model: null });
  runs.start(edited, null);
  const there = new Promise<void>((resolve) => {
    runs.attach(edited.reply.id, ({ kind }) => kind === "ended" && resolve());
  });
  write(await next(), String.raw`\boxed{1}`);
  await there;
  const over = ended();
  await votes.start(messageId, 1);
  const answer = await next();
  store.selectVersion({ messageId: edited.reply.id });
  write(answer, String.raw`\boxed{23}`);
  expect((await over).state).toBe("complete");
  expect(shown).toEqual([]);
});

test("an answer that cannot begin ends the asking, and says why", async () => {
  const { runs, votes, chatId, messageId, next, write, ended, refuse, shown } = await open();
  const over = ended();
  await votes.start(messageId, 3);
  refuse(new WorkbenchError("disk-full"));
  write(await next(), String.raw`\boxed{23}`);
  expect(await over).toMatchObject({ state: "failed", done: 1, problem: { code: "disk-full" } });
  expect(shown).toEqual([messageId]);
  expect(runs.isHeld(chatId)).toBe(false);
  await expect(votes.start(messageId, 3)).rejects.toMatchObject({ code: "disk-full" });
  expect(runs.isHeld(chatId)).toBe(false);
});

test("a new question is asked several times from the start, with other seeds each time", async () => {
  const { runs, votes, store, chatId, next, write, ended, told, shown } = await open();
  store.configureChat({ chatId, replySettings: { seed: 7 } });
  const over = ended();
  const { begun, run } = await votes.ask({ chatId, text: "y" }, 3);
  expect(run).toMatchObject({ state: "running", done: 0, wanted: 3, questionId: begun.messages[0]?.id });
  expect(runs.isHeld(chatId)).toBe(true);
  const seeds: (number | null)[] = [];
  for (const result of ["1", "2", "2"]) {
    const answer = await next();
    seeds.push(answer.seed);
    write(answer, String.raw`\boxed{${result}}`);
  }
  expect(await over).toMatchObject({ state: "complete", done: 3, wanted: 3 });
  expect(seeds).toEqual([7, 8, 9]);
  expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3]);
  const { votes: counted } = await votes.of(begun.runId);
  expect(counted.groups.map(({ result, messageIds }) => [result, messageIds.length])).toEqual([
    ["2", 2],
    ["1", 1],
  ]);
  expect(shown).toEqual([counted.groups[0]?.messageIds[0]]);
  expect(runs.isHeld(chatId)).toBe(false);
});

test("a new question that cannot be sent leaves nothing behind", async () => {
  const { runs, votes, chatId, next, write, refuse, told, ended } = await open();
  refuse(new WorkbenchError("disk-full"));
  await expect(votes.ask({ chatId, text: "y" }, 3)).rejects.toMatchObject({ code: "disk-full" });
  expect(runs.isHeld(chatId)).toBe(false);
  expect(told).toEqual([]);
  refuse(null);
  const over = ended();
  await votes.ask({ chatId, text: "y" }, 2);
  for (const result of ["1", "1"]) write(await next(), String.raw`\boxed{${result}}`);
  expect((await over).state).toBe("complete");
});

test("if the next answers cannot begin, the first one stays, and the vote says why it ended", async () => {
  const { votes, chatId, next, write, refuse, ended } = await open();
  const over = ended();
  const { begun } = await votes.ask({ chatId, text: "y" }, 3);
  refuse(new WorkbenchError("disk-full"));
  write(await next(), String.raw`\boxed{1}`);
  expect(await over).toMatchObject({ state: "failed", done: 1, problem: { code: "disk-full" } });
  expect((await votes.of(begun.runId)).run?.state).toBe("failed");
});

test("a vote that the end of the app has cut says how far it came, and goes on with other seeds", async () => {
  const { store, chatId, messageId, next, write, ended, shown, restart, votes: before } = await open();
  store.configureChat({ chatId, replySettings: { seed: 7 } });
  await before.start(messageId, 4);
  write(await next(), String.raw`\boxed{24}`);
  const second = await next();
  second.emit({ kind: "piece", part: "answer", text: "So" });
  const { votes, runs } = await restart();
  const { run, votes: counted } = await votes.of(messageId);
  expect(run).toMatchObject({ state: "cut", done: 1, wanted: 4, secondsLeft: null, problem: null });
  expect(counted.unfinished).toHaveLength(1);

  const over = ended();
  expect(await votes.askRest(messageId)).toMatchObject({ state: "running", done: 1, wanted: 4 });
  await expect(votes.askRest(messageId)).rejects.toMatchObject({ code: "input-invalid" });
  const seeds: (number | null)[] = [];
  for (const result of ["24", "23", "24"]) {
    const answer = await next();
    seeds.push(answer.seed);
    write(answer, String.raw`\boxed{${result}}`);
  }
  expect(await over).toMatchObject({ state: "complete", done: 4, wanted: 4 });
  expect(seeds).toEqual([10, 11, 12]);
  const after = await votes.of(messageId);
  expect(after.votes.groups.map(({ result, messageIds }) => [result, messageIds.length])).toEqual([
    ["24", 3],
    ["23", 2],
  ]);
  expect(shown.at(-1)).toBe(after.votes.groups[0]?.messageIds[0]);
  expect(wrote(store, messageId).map(({ model }) => model?.asked)).toEqual(Array(6).fill(undefined));
  expect(runs.isHeld(chatId)).toBe(false);
});

test("a vote that was cut can be kept as it is, and is then counted as any other", async () => {
  const { messageId, next, write, shown, told, restart, votes: before } = await open();
  await before.start(messageId, 6);
  write(await next(), String.raw`\boxed{24}`);
  write(await next(), String.raw`\boxed{24}`);
  await next();
  const app = await restart();
  expect((await app.votes.of(messageId)).run).toMatchObject({ state: "cut", done: 2, wanted: 6 });
  await app.votes.keep(messageId);
  const { run, votes } = await app.votes.of(messageId);
  expect(run).toMatchObject({ state: "stopped", done: 2, wanted: 6 });
  expect(told.at(-1)).toEqual(run);
  expect(shown.at(-1)).toBe(votes.groups[0]?.messageIds[0]);
  const again = await restart();
  expect(await again.votes.of(messageId)).toEqual({ votes, run: null });
});

test("a new question whose vote is cut during the first answer can be asked for all of them again", async () => {
  const { chatId, next, write, ended, restart, votes: before } = await open();
  const { begun } = await before.ask({ chatId, text: "y" }, 3);
  await next();
  const { votes } = await restart();
  expect((await votes.of(begun.runId)).run).toMatchObject({ state: "cut", done: 0, wanted: 3 });
  const over = ended();
  await votes.askRest(begun.runId);
  for (const result of ["1", "2", "2"]) write(await next(), String.raw`\boxed{${result}}`);
  expect(await over).toMatchObject({ state: "complete", done: 3, wanted: 3 });
});

test("what has ended was not cut: stopped, complete, failed, asked anew, or with nothing left to decide", async () => {
  const { store, chatId, messageId, next, write, ended, refuse, restart, votes, runs } = await open();
  const unasked = async () => expect((await (await restart()).votes.of(messageId)).run).toBeNull();
  const stopped = ended();
  await votes.start(messageId, 5);
  await next();
  await votes.stop(chatId);
  await stopped;
  const failed = ended();
  await votes.start(messageId, 3);
  refuse(new WorkbenchError("disk-full"));
  write(await next(), String.raw`\boxed{1}`);
  await failed;
  refuse(null);
  // The app is being closed, and ends before the end of the vote is noted.
  const complete = ended();
  await votes.start(messageId, 1);
  const last = await next();
  const closed = votes.close();
  write(last, String.raw`\boxed{2}`);
  await complete;
  await closed;
  expect(wrote(store, messageId).at(-1)?.model?.asked).toEqual({ kind: "vote", answers: 1 });
  await unasked();

  const later = await restart();
  await later.votes.start(messageId, 9);
  await next();
  const { votes: newer } = await restart();
  expect((await newer.of(messageId)).run?.wanted).toBe(9);
  const anew = ended();
  await newer.start(messageId, 1);
  write(await next(), String.raw`\boxed{3}`);
  expect(await anew).toMatchObject({ state: "complete", done: 1, wanted: 1 });
  await unasked();
  expect(runs.isWriting).toBe(false);
});

test("while a reply is being written in the chat, a vote that was cut is not offered", async () => {
  const { store, messageId, next, write, restart, votes: before } = await open();
  await before.start(messageId, 5);
  await next();
  const { votes, runs } = await restart();
  const begun = runs.start(store.beginVersion({ messageId, model: null }), null);
  expect((await votes.of(messageId)).run).toBeNull();
  const there = new Promise<void>((resolve) => {
    runs.attach(begun.runId, ({ kind }) => kind === "ended" && resolve());
  });
  write(await next(), String.raw`\boxed{24}`);
  await there;
  expect((await votes.of(messageId)).run).toMatchObject({ state: "cut", done: 0, wanted: 5 });
});

test("an edited answer, and the copy of a chat, are no part of the vote", async () => {
  const { store, messageId, next, restart, votes: before } = await open();
  await before.start(messageId, 5);
  const answer = await next();
  answer.emit({ kind: "piece", part: "answer", text: "So" });
  const { votes } = await restart();
  const cut = wrote(store, messageId).at(-1);
  expect(cut?.model?.asked).toEqual({ kind: "vote", answers: 5 });
  const copy = store.branchChat({ messageId: cut?.id ?? "", title: "copy" });
  const copied = store.openChat({ chatId: copy.id }).messages.at(-1);
  expect(copied).toMatchObject({ text: "So", state: "interrupted" });
  expect(copied?.model?.asked).toBeUndefined();
  expect((await votes.of(copied?.id ?? "")).run).toBeNull();
  const edited = store.editReply({ messageId: cut?.id ?? "", text: "Changed" });
  expect(edited.model).toEqual({ id: "nano", name: "NANO", edited: true });
  // The question that is changed is another question.
  const { reply } = store.beginEdit({ messageId: cut?.parentId ?? "", text: "z", model: null });
  store.finishReply({ messageId: reply.id, text: "1", thought: null, state: "done", stats, problem: null });
  expect((await votes.of(reply.id)).run).toBeNull();
  expect((await votes.of(messageId)).run).toMatchObject({ state: "cut", done: 0, wanted: 5 });
});
