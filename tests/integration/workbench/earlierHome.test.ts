import { expect, test } from "vitest";
import type { Problem } from "../../../electron/contract/errors.ts";
import { failureLine } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { earlierHome } from "../../support/earlierHome.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";

const french = openTexts("fr");
const line = (problem: Problem | null): string | null => problem && failureLine(french, problem);

test("a home of the last version that stored sentences is read completely, and its sentences are shown unchanged", async () => {
  const { workbench, events } = await openTestWorkbench(await earlierHome());
  expect(await workbench.call("settings.get", {})).toMatchObject({
    language: "fr",
    contextSize: 1024,
    downloadBytesPerSecond: 20_000,
    idleUnloadMinutes: 45,
  });

  const { chats } = await workbench.call("chats.list", {});
  expect(chats.map(({ title }) => title)).toEqual(["A model that crashes", "What is 17 + 25?"]);
  const [crashed, sums] = await Promise.all(
    chats.map(async ({ id }) => await workbench.call("chats.open", { chatId: id })),
  );
  const replies = [crashed, sums].flatMap((each) =>
    (each?.messages ?? []).filter(({ role }) => role === "assistant").map((each) => [each.state, line(each.problem)]),
  );
  expect(replies).toEqual([
    ["failed", "The engine stopped while it was working (signal SIGABRT)."],
    [
      "failed",
      "The engine crashed while it worked with this model. The engine stopped while it was working (signal SIGABRT).",
    ],
    ["done", null],
    ["stopped", null],
    ["failed", expect.stringMatching(/^The conversation takes 1,\d{3} tokens and one more .*, or start a new chat\.$/)],
  ]);
  expect(crashed?.chat.draft).toBe("A draft that was not sent");

  // The mark's reason was stored in English; what is shown about it is not.
  const models = await workbench.call("models.list", {});
  const problem = models.find(({ id }) => id === "crasher")?.problems[0] ?? null;
  expect(line(problem)).toMatch(/^Le moteur s’est arrêté brutalement alors qu’il utilisait ce modèle\./);
  expect(problem?.detail).toContain("The engine stopped while it was working (signal SIGABRT).");
  expect(models.find(({ id }) => id === "r1-nano")?.measuredTokensPerSecond).toBe(1734);
  expect(await workbench.call("models.choices", { modelId: "quiet" })).toMatchObject({
    temperature: 0.3,
    flashAttention: false,
  });
  expect(await workbench.call("tune.applied", { modelId: "quiet" })).toMatchObject({
    changes: [{ setting: "flashAttention", to: false }],
    sameOutput: true,
    previous: { flashAttention: null },
  });

  const { results } = await workbench.call("benchmark.history", {});
  expect(results.map(({ ending, tests }) => [ending, tests.length])).toEqual([
    ["complete", 2],
    ["stopped", 1],
    ["complete", 2],
  ]);
  const told = JSON.stringify(results.map(({ noise, leftOut }) => [noise.reasons, leftOut]));
  expect(told).toContain("The model's context ends at 2,048 tokens.");
  expect(told).toContain("The benchmark was stopped before it.");
  expect(told).toContain("Other programs kept");
  const csv = await workbench.call("benchmark.export", { resultIds: results.map(({ id }) => id), format: "csv" });
  expect(csv.text.split("\n").length).toBeGreaterThan(5);

  const [download] = await workbench.call("downloads.list", {});
  expect(download).toMatchObject({ name: "larger", receivedBytes: 65_273, status: { state: "paused" } });

  // Nothing in it was set aside as damaged, and it continues to work.
  expect(await workbench.call("notices.list", {})).toEqual([]);
  expect(events.filter(({ name }) => name === "notices.changed")).toEqual([]);
  const { id: chatId } = await workbench.call("chats.create", {});
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  expect((await followRun(workbench, runId)).at(-1)).toMatchObject({ message: { state: "done" } });
});
