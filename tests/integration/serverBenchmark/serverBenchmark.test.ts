import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BenchmarkPlan } from "../../../electron/contract/benchmark.ts";
import { delta, eventText, json, type Script, scriptedServer } from "../../support/servers/scriptedServer.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const plan = { promptTokens: 32, writtenTokens: 16, repeats: 4 };
const local: BenchmarkPlan = {
  kind: "custom",
  tests: [{ promptTokens: 0, generatedTokens: 8, depth: 0 }],
  repeats: 2,
};
const modelId = "r1-nano";

/** A server of R1 Nano, by its name, which is a thousand times as fast as any machine. */
async function fastServer() {
  const reply: Script = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(eventText(delta({ content: "Once" })));
    const usage = { prompt_tokens: 32, completion_tokens: 1_000_000 };
    setTimeout(() => {
      response.end([delta({ content: "." }, "length"), { choices: [], usage }, "[DONE]"].map(eventText).join(""));
    }, 50);
  };
  return await scriptedServer({
    "/v1/models": json({ object: "list", data: [{ id: modelId, owned_by: "vllm", max_model_len: 4096 }] }),
    "/v1/chat/completions": reply,
  });
}

test("what is measured of a server counts nowhere as a speed of this machine", async () => {
  const { workbench, home, events } = await openTestWorkbench(await temporaryFolder());
  const { url } = await fastServer();
  const added = await workbench.call("servers.add", { name: "Fast", url });
  await workbench.call("servers.test", { serverId: added.id });
  const remoteId = `${modelId}@${added.id}`;

  const ended = async (event: "benchmark.changed" | "serverBenchmark.changed") => {
    const last = () => events.findLast(({ name }) => name === event)?.data;
    await expect.poll(last, { timeout: 60_000 }).toMatchObject({ state: "ended", outcome: "complete", problem: null });
    return last() as { result: { id: string } };
  };
  const predicted = async () => {
    const fit = await workbench.call("fit.of", { subject: { kind: "model", modelId } });
    return fit.speed;
  };
  const speedsAtFirst = await predicted();
  await workbench.call("serverBenchmark.start", { modelId: remoteId, plan });
  const server = (await ended("serverBenchmark.changed")).result;
  const { results } = await workbench.call("serverBenchmark.history", {});
  expect(results).toMatchObject([{ id: server.id, kind: "server", server: { name: "Fast" } }]);
  expect(results[0]?.writing?.median).toBeGreaterThan(1_000_000);

  // Neither in this machine's history, nor on its list of models, nor in its predictions.
  expect(await workbench.call("benchmark.history", {})).toMatchObject({ results: [], changes: [] });
  expect(await workbench.call("benchmark.recheck", { modelId })).toMatchObject({ lastResultId: null, start: null });
  const models = await workbench.call("models.list", {});
  for (const model of models) expect(model.measuredTokensPerSecond).toBeNull();
  expect(await predicted()).toEqual(speedsAtFirst);

  // Nor in what compares, exports, checks again, measures or tunes this machine's.
  await workbench.call("benchmark.start", { modelId, plan: local });
  const own = (await ended("benchmark.changed")).result;
  const both = { resultIds: [own.id, server.id] };
  const gone = { code: "benchmark-not-found" };
  await expect(workbench.call("benchmark.compare", both)).rejects.toMatchObject(gone);
  await expect(workbench.call("benchmark.export", { ...both, format: "md" })).rejects.toMatchObject(gone);
  await expect(workbench.call("serverBenchmark.export", { ...both, format: "md" })).rejects.toMatchObject(gone);
  const cannot = { code: "server-cannot", facts: { case: "fileOnly" } };
  await expect(workbench.call("benchmark.recheck", { modelId: remoteId })).rejects.toMatchObject(cannot);
  await expect(workbench.call("benchmark.start", { modelId: remoteId, plan: local })).rejects.toMatchObject(cannot);
  await expect(workbench.call("tune.start", { modelId: remoteId })).rejects.toMatchObject(cannot);
  expect(await workbench.call("benchmark.history", {})).toMatchObject({ results: [{ id: own.id }], changes: [] });
  expect(await workbench.call("benchmark.recheck", { modelId })).toMatchObject({ lastResultId: own.id, verdict: null });

  // Not even if its file is put among this machine's.
  const [file = ""] = await readdir(join(home, "server-benchmarks"));
  await copyFile(join(home, "server-benchmarks", file), join(home, "benchmarks", file));
  expect(await workbench.call("benchmark.history", {})).toMatchObject({ results: [{ id: own.id }] });
  // Removing it there leaves this machine's alone.
  await workbench.call("serverBenchmark.remove", both);
  expect((await workbench.call("serverBenchmark.history", {})).results).toEqual([]);
  expect((await workbench.call("benchmark.history", {})).results).toHaveLength(1);
});
