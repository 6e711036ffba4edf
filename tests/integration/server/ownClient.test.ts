import { expect, test } from "vitest";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { serveTestWorkbench } from "../../support/serveTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("the app as a client of the app as a server", async () => {
  const { url, key, log, workbench: serving } = await serveTestWorkbench();
  const { workbench } = await openTestWorkbench(await temporaryFolder());
  const added = await workbench.call("servers.add", { name: "Next door", url: `${url}/v1`, key });
  const tested = await workbench.call("servers.test", { serverId: added.id, modelName: "r1-nano" });
  expect(tested.test).toMatchObject({ state: "done" });

  const remote = (await workbench.call("models.list", {})).find(({ source }) => source.kind === "server");
  expect(remote?.source).toMatchObject({ modelName: "r1-nano" });
  const texts = { thought: "", answer: "" };
  const { outcome, stats } = await workbench.answer({
    modelId: remote?.id ?? "",
    messages: [{ role: "user", content: "What is 2 + 3?" }],
    thinking: "on",
    wishes: { seed: 1 },
    maxTokens: 200,
    signal: new AbortController().signal,
    onStage: () => undefined,
    onPiece: (part, text) => {
      texts[part] += text;
    },
  });
  expect(outcome).toBe("done");
  expect(stats?.stopReason).toBe("end");
  expect(texts.thought).not.toBe("");
  expect(texts.answer).toContain("5");
  const [newest] = log.requests;
  expect(newest).toMatchObject({ outcome: "done", endpoint: "chat", promptTokens: stats?.promptTokens });

  // Its own key is asked for, and the models of a server are not passed on by another one.
  const stranger = await workbench.call("servers.change", { serverId: added.id, key: "another-key" });
  expect((await workbench.call("servers.test", { serverId: stranger.id })).test).toMatchObject({ state: "failed" });
  expect((await serving.call("models.list", {})).every(({ source }) => source.kind === "file")).toBe(true);
});
