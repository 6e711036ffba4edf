import { join } from "node:path";
import { expect, test } from "vitest";
import type { ComparisonRun } from "../../../electron/contract/comparisons.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ComparisonRuns } from "../../../electron/workbench/comparisons/ComparisonRuns.ts";
import { Runs } from "../../../electron/workbench/runs/Runs.ts";
import { VoteRuns } from "../../../electron/workbench/votes/VoteRuns.ts";
import { heldStore } from "../../support/chats/heldStore.ts";
import { oneTokenStats as stats } from "../../support/chats/oneTokenStats.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { type Generation, type ReplyEngines, replyEngines } from "../../support/engine/openReplyEngines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const openScripted = replyEngines[1]?.[1] as (home: string) => Promise<ReplyEngines>;
const boxed = (result: string): string => String.raw`\boxed{${result}}`;

/** Comparisons over the real store and runs; the test writes the answers. In it is a chat with a question and a reply. */
async function open() {
  const home = join(await temporaryFolder(), "home");
  const store = new ChatStore(home);
  const { engines, next } = await openScripted(home);
  const models = ["own", "second", "third"].map(listedModel);
  /** Ids of models that cannot be loaded. */
  const broken = new Set<string>();
  /** Ids of models that are deleted while they wait for another chat's reply: the default one answers. */
  const gone = new Set<string>();
  /** The models that were asked for a reply, in this order. */
  const used: string[] = [];
  let loaded: LoadState = { state: "none" };
  const { request, refuse, holdNext } = heldStore(store);
  const told: ComparisonRun[] = [];
  const waiting: ((run: ComparisonRun) => void)[] = [];
  const startApp = () => {
    const runs = new Runs({
      engines,
      library: {
        answeringServer: async () => null,
        answeringFile: async (id) => {
          used.push(id ?? "");
          if (broken.has(id ?? "")) throw new WorkbenchError("model-load-failed");
          return listedModel(id === null || gone.has(id) ? "own" : id);
        },
      },
      shownError: toProblem,
      store: { request },
      onEvent: () => undefined,
    });
    const comparisons = new ComparisonRuns({
      store: { request },
      runs,
      models: async () => models,
      loaded: () => loaded,
      show: async (messageId) => store.selectVersion({ messageId }),
      onEvent: (name, data) => {
        if (name !== "comparisons.changed") return;
        const run = data as ComparisonRun;
        told.push(run);
        if (run.state !== "running") for (const resolve of waiting.splice(0)) resolve(run);
      },
      shownError: toProblem,
    });
    return { runs, comparisons };
  };
  let app = startApp();
  const { runs, comparisons } = app;
  const ended = () => new Promise<ComparisonRun>((resolve) => waiting.push(resolve));
  const { id: chatId } = store.createChat({ thinking: "on", modelId: "own" });
  const write = (generation: Generation, answer: string): void => {
    generation.emit({ kind: "piece", part: "answer", text: answer });
    generation.finish(stats);
  };
  const own = { id: "own", name: "OWN" };
  const { runId: messageId } = runs.start(store.beginTurn({ chatId, text: "x", model: own }), "own");
  const first = new Promise<void>((resolve) => {
    runs.attach(messageId, ({ kind }) => kind === "ended" && resolve());
  });
  write(await next(), boxed("24"));
  await first;
  used.length = 0;
  return {
    store,
    runs,
    comparisons,
    chatId,
    messageId,
    models,
    broken,
    gone,
    used,
    told,
    next,
    write,
    request,
    shown: () => store.openChat({ chatId }).messages.at(-1)?.id,
    hold: (state: LoadState) => (loaded = state),
    ended,
    refuse,
    holdNext,
    /** Ends the app during an answer, and starts it again with the same store. */
    restart: async () => {
      const over = app.runs.isHeld(chatId) ? ended() : null;
      await app.comparisons.close();
      await app.runs.close();
      await over;
      app = startApp();
      return app;
    },
  };
}

test("each model is asked once, in turns, and the chat shows and uses afterwards what it did before", async () => {
  const { store, runs, comparisons, chatId, messageId, used, told, next, write, ended, shown } = await open();
  const over = ended();
  const begun = await comparisons.start(messageId, ["third", "own", "second"]);
  // The reply counts as the answer of its model.
  expect(begun.answers.map(({ model, messageId: id }) => [model.id, id === null])).toEqual([
    ["third", false],
    ["own", false],
    ["second", true],
  ]);
  expect(begun.answers[1]?.messageId).toBe(messageId);
  expect(runs.isHeld(chatId)).toBe(true);
  write(await next(), boxed("24.0"));
  const second = await next();
  expect(used).toEqual(["third", "second"]);
  write(second, boxed("23"));
  const run = await over;
  expect(run).toMatchObject({ state: "complete", problem: null });
  expect(told.map(({ state }) => state)).toEqual(["running", "running", "complete"]);
  // Nothing of what was told before has changed since.
  expect(told[0]?.answers[2]?.messageId).toBeNull();
  expect(used).toEqual(["third", "second"]);
  expect(runs.isHeld(chatId)).toBe(false);
  expect(shown()).toBe(messageId);
  expect(store.readChat({ chatId }).modelId).toBe("own");

  const { votes, answers } = await comparisons.of(messageId);
  const [third, own, other] = answers.map(({ messageId: id }) => id);
  expect(votes.groups.map(({ messageIds }) => messageIds)).toEqual([[own, third], [other]]);
  expect(store.readMessage({ messageId: third ?? "" }).model).toEqual({ id: "third", name: "THIRD" });
});

test("the model in memory answers first, and how long the models took to load is told", async () => {
  const { comparisons, messageId, used, next, write, ended, hold } = await open();
  const inMemory = (modelId: string, loadMs: number) =>
    hold({ state: "ready", modelId, name: modelId, facts: { loadMs } } as LoadState);
  inMemory("third", 70);
  const over = ended();
  await comparisons.start(messageId, ["second", "third"]);
  write(await next(), "1");
  const second = await next();
  expect(used).toEqual(["third", "second"]);
  inMemory("second", 80);
  write(second, "2");
  expect((await over).answers.map(({ model, loadMs }) => [model.id, loadMs])).toEqual([
    ["second", 80],
    ["third", 70],
  ]);
});

test("a model that cannot be loaded, or fails while it writes, says why, and the next one answers", async () => {
  const { store, comparisons, messageId, broken, next, write, ended, shown } = await open();
  broken.add("second");
  const over = ended();
  const { answers: begun } = await comparisons.start(messageId, ["second", "third", "own"]);
  const third = await next();
  third.emit({ kind: "piece", part: "answer", text: "It is" });
  third.die(new WorkbenchError("engine-down"));
  const { state, answers } = await over;
  expect(state).toBe("complete");
  const replies = answers.map(({ messageId: id }) => store.readMessage({ messageId: id ?? "" }));
  expect(replies.map((reply) => [reply.state, reply.problem?.code, reply.text])).toEqual([
    ["failed", "model-load-failed", ""],
    ["failed", "engine-down", "It is"],
    ["done", undefined, boxed("24")],
  ]);
  expect(begun).toHaveLength(3);
  expect(shown()).toBe(messageId);

  // An answer that failed does not count as one, and is asked for again.
  const again = ended();
  broken.clear();
  await comparisons.start(answers[0]?.messageId ?? "", ["second", "third"]);
  write(await next(), "1");
  write(await next(), "2");
  const repeated = await again;
  expect(repeated.answers[0]?.messageId).not.toBe(answers[0]?.messageId);
});

test("a model that is deleted before its turn says so, and no other one answers for it", async () => {
  const { comparisons, messageId, models, used, next, write, ended } = await open();
  const over = ended();
  await comparisons.start(messageId, ["second", "third", "own"]);
  models.splice(2, 1);
  write(await next(), "1");
  const { state, answers } = await over;
  expect(state).toBe("complete");
  expect(answers[1]).toMatchObject({ messageId: null, problem: { code: "model-not-found" } });
  expect(used).toEqual(["second"]);
});

test("a model that is deleted while it waits for another reply fails, and no other one answers under its name", async () => {
  const { store, comparisons, messageId, gone, next, write, ended } = await open();
  const over = ended();
  gone.add("second");
  await comparisons.start(messageId, ["second", "third"]);
  write(await next(), "3");
  const { state, answers } = await over;
  expect(state).toBe("complete");
  const [second, third] = answers.map(({ messageId: id }) => store.readMessage({ messageId: id ?? "" }));
  expect(second).toMatchObject({
    state: "failed",
    text: "",
    problem: { code: "model-not-found" },
    model: { id: "second" },
  });
  expect(third).toMatchObject({ state: "done", text: "3", model: { id: "third" } });
});

test("stopping keeps what was written and asks no other model; stopping one answer goes on to the next", async () => {
  const { store, runs, comparisons, chatId, messageId, used, next, ended, shown, write } = await open();
  const over = ended();
  await comparisons.start(messageId, ["second", "third"]);
  const second = await next();
  second.emit({ kind: "piece", part: "answer", text: "It" });
  await comparisons.stop(chatId);
  const { state, answers } = await over;
  expect(state).toBe("stopped");
  expect(answers.map(({ messageId: id }) => id === null)).toEqual([false, true]);
  const kept = store.readMessage({ messageId: answers[0]?.messageId ?? "" });
  expect(kept).toMatchObject({ state: "stopped", text: "It" });
  expect(used).toEqual(["second"]);
  expect(shown()).toBe(messageId);
  expect(runs.isWriting).toBe(false);

  const again = ended();
  await comparisons.start(messageId, ["second", "third"]);
  await next();
  runs.stop(runs.runIn(chatId) ?? "");
  write(await next(), "2");
  expect((await again).state).toBe("complete");
});

test("stopping while the first answer is about to begin waits until it has ended", async () => {
  const { store, runs, comparisons, chatId, messageId, ended, holdNext, shown } = await open();
  const over = ended();
  const first = holdNext();
  const begun = comparisons.start(messageId, ["second", "third"]);
  await first.asked;
  const stopped = runs.stopInChat(chatId);
  first.letGo();
  await stopped;
  expect(runs.runIn(chatId)).toBeNull();
  expect(runs.isHeld(chatId)).toBe(false);
  expect(runs.isWriting).toBe(false);
  await begun;
  const { state, answers } = await over;
  expect(state).toBe("stopped");
  expect(store.readMessage({ messageId: answers[0]?.messageId ?? "" }).state).toBe("stopped");
  expect(answers[1]?.messageId).toBeNull();
  expect(shown()).toBe(messageId);
});

test("while models are compared, the chat is busy for comparisons and votes, and the other way round", async () => {
  const { runs, comparisons, chatId, messageId, next, write, ended, request } = await open();
  const votes = new VoteRuns({
    store: { request },
    runs,
    models: { nameOf: async () => null },
    send: () => Promise.reject(new WorkbenchError("internal")),
    show: async () => undefined,
    onEvent: () => undefined,
    shownError: toProblem,
  });
  const over = ended();
  await comparisons.start(messageId, ["second", "third"]);
  await expect(comparisons.start(messageId, ["second", "own"])).rejects.toMatchObject({ code: "chat-busy" });
  await expect(votes.start(messageId, 2)).rejects.toMatchObject({ code: "chat-busy" });
  write(await next(), "1");
  write(await next(), "2");
  await over;
  await votes.start(messageId, 2);
  await expect(comparisons.start(messageId, ["second", "third"])).rejects.toMatchObject({ code: "chat-busy" });
  await next();
  await votes.stop(chatId);
});

test("questions, unknown replies and unknown models are refused, and hold no chat", async () => {
  const { store, runs, comparisons, chatId, messageId, used } = await open();
  const questionId = store.readMessage({ messageId }).parentId ?? "";
  await expect(comparisons.start(questionId, ["own", "second"])).rejects.toMatchObject({ code: "input-invalid" });
  await expect(comparisons.start("none", ["own", "second"])).rejects.toMatchObject({ code: "message-not-found" });
  await expect(comparisons.start(messageId, ["own", "../second"])).rejects.toMatchObject({ code: "model-not-found" });
  await expect(comparisons.start(messageId, ["own", "__proto__"])).rejects.toMatchObject({ code: "model-not-found" });
  await expect(comparisons.of("none")).rejects.toMatchObject({ code: "message-not-found" });
  expect(runs.isHeld(chatId)).toBe(false);
  expect(used).toEqual([]);
});

test("an answer that cannot be stored ends the comparison, and says why", async () => {
  const { runs, comparisons, chatId, messageId, next, write, ended, refuse, shown } = await open();
  const over = ended();
  await comparisons.start(messageId, ["second", "third"]);
  refuse(new WorkbenchError("disk-full"));
  write(await next(), "1");
  expect(await over).toMatchObject({ state: "failed", problem: { code: "disk-full" } });
  expect(shown()).toBe(messageId);
  expect(runs.isHeld(chatId)).toBe(false);
  await expect(comparisons.start(messageId, ["second", "third"])).rejects.toMatchObject({ code: "disk-full" });
  expect(runs.isHeld(chatId)).toBe(false);
  refuse(null);
  await comparisons.start(messageId, ["second", "third"]);
  await next();
  await comparisons.stop(chatId);
});

test("a chat that is deleted meanwhile ends it, and an answer that is deleted later is left out", async () => {
  const first = await open();
  const over = first.ended();
  await first.comparisons.start(first.messageId, ["second", "third", "own"]);
  first.write(await first.next(), "1");
  first.write(await first.next(), "2");
  const { answers } = await over;
  first.store.removeReply({ messageId: answers[1]?.messageId ?? "" });
  const left = await first.comparisons.of(first.messageId);
  expect(left.answers.map(({ messageId: id }) => id === null)).toEqual([false, true, false]);
  expect(left.votes.groups.flatMap(({ messageIds }) => messageIds)).toHaveLength(2);

  const second = await open();
  const stopped = second.ended();
  await second.comparisons.start(second.messageId, ["second", "third"]);
  await second.next();
  await second.runs.stopInChat(second.chatId);
  second.store.hideChats({ chatIds: [second.chatId] });
  expect((await stopped).state).toBe("stopped");
});

test("someone who went to another branch meanwhile stays there", async () => {
  const { store, runs, comparisons, messageId, next, write, ended, shown } = await open();
  const questionId = store.readMessage({ messageId }).parentId ?? "";
  const edited = store.beginEdit({ messageId: questionId, text: "y", model: null });
  runs.start(edited, "own");
  const there = new Promise<void>((resolve) => {
    runs.attach(edited.reply.id, ({ kind }) => kind === "ended" && resolve());
  });
  write(await next(), "0");
  await there;
  const over = ended();
  await comparisons.start(messageId, ["second", "own"]);
  const answer = await next();
  store.selectVersion({ messageId: edited.reply.id });
  write(answer, "1");
  await over;
  expect(shown()).toBe(edited.reply.id);
});

test("when the app closes, the answer ends as interrupted, and what was shown before is shown; the rest is found again", async () => {
  const { runs, comparisons, messageId, next, write, shown, used, ...rest } = await open();
  await comparisons.start(messageId, ["second", "third", "own"]);
  write(await next(), boxed("24"));
  const third = await next();
  third.emit({ kind: "piece", part: "answer", text: "It" });
  await comparisons.close();
  await runs.close();
  expect(shown()).toBe(messageId);
  expect(used).toEqual(["second", "third"]);

  const later = await rest.restart();
  const { answers, votes, run } = await later.comparisons.of(messageId);
  expect(run).toMatchObject({ state: "cut", unanswered: ["third"], problem: null });
  expect(answers.map(({ model }) => model.id)).toEqual(["second", "third", "own"]);
  expect(answers[2]?.messageId).toBe(messageId);
  expect(votes.groups.map(({ messageIds }) => messageIds.length)).toEqual([2]);
  expect(votes.unfinished).toEqual([answers[1]?.messageId]);
  await expect(comparisons.start(messageId, ["second", "own"])).rejects.toMatchObject({ code: "engine-down" });

  const over = rest.ended();
  const begun = await later.comparisons.askRest(messageId);
  expect(begun).toMatchObject({ state: "running", unanswered: [] });
  await expect(later.comparisons.askRest(messageId)).rejects.toMatchObject({ code: "input-invalid" });
  write(await next(), boxed("23"));
  const ended = await over;
  expect(ended.state).toBe("complete");
  expect(ended.answers.map(({ messageId: id }) => id)).toEqual([
    answers[0]?.messageId,
    begun.answers[1]?.messageId,
    messageId,
  ]);
  expect(used).toEqual(["second", "third", "third"]);
  expect(shown()).toBe(messageId);
  const { version } = rest.store.readMessage({ messageId });
  for (const id of version.ids) expect(rest.store.readMessage({ messageId: id }).model?.asked).toBeUndefined();
});

test("of a comparison that was cut, models that failed have answered, and those that are gone are named", async () => {
  const { store, models, comparisons, messageId, broken, next, used, ended, shown, restart } = await open();
  broken.add("second");
  await comparisons.start(messageId, ["second", "third", "own"]);
  await next();
  const later = await restart();
  const { run } = await later.comparisons.of(messageId);
  expect(run).toMatchObject({ state: "cut", unanswered: ["third"] });
  expect(run?.answers.map(({ messageId: id }) => id === null)).toEqual([false, false, false]);
  models.splice(2, 1);
  await expect(later.comparisons.askRest(messageId)).rejects.toMatchObject({ code: "model-not-found" });
  expect((await later.comparisons.of(messageId)).run?.state).toBe("cut");

  // As after a crash: the answer that was cut is shown.
  const cutId = run?.answers[1]?.messageId ?? "";
  store.selectVersion({ messageId: cutId });
  const kept = ended();
  await later.comparisons.keep(cutId);
  expect(shown()).toBe(messageId);
  expect(await kept).toMatchObject({ state: "stopped", unanswered: [] });
  expect(used).toEqual(["second", "third"]);
  const again = await restart();
  expect((await again.comparisons.of(messageId)).run).toBeNull();
});

test("if one of the models that had not answered is gone, the others are asked, and it says why it is not", async () => {
  const { models, comparisons, messageId, next, write, ended, restart } = await open();
  await comparisons.start(messageId, ["second", "third", "own"]);
  await next();
  const later = await restart();
  models.splice(1, 1);
  const over = ended();
  await later.comparisons.askRest(messageId);
  write(await next(), boxed("24"));
  const { state, answers } = await over;
  expect(state).toBe("complete");
  expect(answers.map(({ problem }) => problem?.code ?? null)).toEqual(["model-not-found", null, null]);
});
