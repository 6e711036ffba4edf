import { join } from "node:path";
import { expect, test } from "vitest";
import type { ComparisonRun } from "../../../electron/contract/comparisons.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { addTwin } from "../../support/addTwin.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const timeout = 120_000;

/** A workbench with R1 Nano, a model like it and one whose file is cut off, and a question that R1 Nano has answered. */
async function open() {
  const home = join(await temporaryFolder(), "home");
  await addTwin(home, "R1 Twin");
  await addTwin(home, "R1 Part", 500_000);
  const waiting: ((run: ComparisonRun) => void)[] = [];
  /** The names of models that were loaded, in this order. */
  const loads: string[] = [];
  const opened = await openTestWorkbench(home, ({ name, data }) => {
    if (name === "models.loadedChanged") {
      const state = data as LoadState;
      if (state.state === "loading" && loads.at(-1) !== state.name) loads.push(state.name);
    }
    if (name !== "comparisons.changed") return;
    const run = data as ComparisonRun;
    if (run.state !== "running") for (const resolve of waiting.splice(0)) resolve(run);
  });
  const { workbench } = opened;
  const models = await workbench.call("models.list", {});
  // One that is cut off is called by its file.
  const idOf = (wanted: string): string =>
    models.find(({ name, source }) => name === wanted || (source.kind === "file" && source.path.includes(wanted)))
      ?.id ?? "";
  const { id: chatId } = await workbench.call("chats.create", { modelId: idOf("R1 Nano") });
  await workbench.call("chats.configure", { chatId, replySettings: { seed: 1 } });
  const { runId: messageId } = await workbench.call("chats.send", { chatId, text: "What is 87 times 96?" });
  await followRun(workbench, messageId);
  return {
    ...opened,
    idOf,
    chatId,
    messageId,
    loads,
    ended: () => new Promise<ComparisonRun>((resolve) => waiting.push(resolve)),
  };
}

test("models answer in turns with one load each, one that cannot says why, and the chat is as it was", {
  timeout,
}, async () => {
  const { workbench, home, idOf, chatId, messageId, loads, ended } = await open();
  const before = await workbench.call("chats.open", { chatId });
  const over = ended();
  const modelIds = ["R1 Nano", "r1-part", "R1 Twin"].map(idOf);
  await workbench.call("comparisons.start", { messageId, modelIds });
  await expect(workbench.call("chats.send", { chatId, text: "x" })).rejects.toMatchObject({ code: "chat-busy" });
  await expect(workbench.call("chats.regenerate", { messageId })).rejects.toMatchObject({ code: "chat-busy" });
  const { state, answers } = await over;
  expect(state).toBe("complete");
  expect(loads).toEqual(["R1 Nano", "R1 Twin"]);
  const replies = await Promise.all(
    answers.map(({ messageId: id }) => workbench.call("chats.message", { messageId: id ?? "" })),
  );
  expect(replies.map((reply) => [reply.model?.id, reply.state, reply.problem?.code])).toEqual([
    [modelIds[0], "done", undefined],
    [modelIds[1], "failed", "model-truncated"],
    [modelIds[2], "done", undefined],
  ]);
  expect(replies[2]?.stats).toMatchObject({ stopReason: "end", cachedTokens: 0 });
  expect(answers[2]?.loadMs).toBeGreaterThan(0);
  // The same model with the same seed says the same: the settings of the chat hold for all.
  expect(replies[2]?.text).toBe(replies[0]?.text);

  const after = await workbench.call("chats.open", { chatId });
  expect(after.chat.modelId).toBe(before.chat.modelId);
  expect(after.messages.map(({ id }) => id)).toEqual(before.messages.map(({ id }) => id));
  const compared = await workbench.call("comparisons.of", { messageId });
  expect(compared.votes.groups.map(({ messageIds }) => messageIds.length)).toEqual([2]);
  await workbench.close();

  const later = await openTestWorkbench(home);
  const found = await later.workbench.call("comparisons.of", { messageId });
  expect(found).toMatchObject({ run: null, votes: compared.votes });
  expect(found.answers.map(({ model }) => model.id)).toEqual(modelIds);
});

test("what is asked is checked, and stopping ends it", { timeout }, async () => {
  const { workbench, idOf, chatId, messageId, ended } = await open();
  const [nano = "", twin = ""] = ["R1 Nano", "R1 Twin"].map(idOf);
  for (const modelIds of [[nano], [nano, nano], [nano, twin, "a", "b"]]) {
    await expect(workbench.call("comparisons.start", { messageId, modelIds })).rejects.toMatchObject({
      code: "input-invalid",
    });
  }
  await expect(workbench.call("comparisons.start", { messageId, modelIds: [nano, "none"] })).rejects.toMatchObject({
    code: "model-not-found",
  });
  const over = ended();
  await workbench.call("comparisons.start", { messageId, modelIds: [twin, nano] });
  await workbench.call("comparisons.stop", { chatId });
  expect((await over).state).toBe("stopped");
  // The chat goes on with its own model.
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 1 + 1?" });
  expect((await followRun(workbench, runId)).at(-1)).toMatchObject({
    kind: "ended",
    message: { state: "done", model: { name: "R1 Nano" } },
  });
});
