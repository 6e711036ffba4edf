import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("an Ollama blob is adopted, loads without the extension .gguf, answers, and its use is recorded", async () => {
  const ollama = await temporaryFolder();
  const digest = "ab".repeat(32);
  const tags = join(ollama, "manifests", "registry.ollama.ai", "library", "nano");
  await mkdir(tags, { recursive: true });
  await mkdir(join(ollama, "blobs"));
  const blob = join(ollama, "blobs", `sha256-${digest}`);
  await copyFile(nanoPath, blob);
  const layers = [{ mediaType: "application/vnd.ollama.image.model", digest: `sha256:${digest}` }];
  await writeFile(join(tags, "1m"), JSON.stringify({ layers }));
  vi.stubEnv("OLLAMA_MODELS", ollama);
  const { workbench } = await openTestWorkbench();
  const foreign = await workbench.call("models.foreign", {}).finally(() => vi.unstubAllEnvs());
  expect(foreign.filter(({ owner }) => owner === "ollama")).toMatchObject([{ name: "nano:1m", path: blob }]);
  vi.stubEnv("OLLAMA_MODELS", ollama);
  const [model] = await workbench.call("models.adopt", { paths: [blob] }).finally(() => vi.unstubAllEnvs());
  expect(model).toMatchObject({ id: "nano-1m", name: "nano:1m", owner: "ollama", problems: [], lastUsedAt: null });
  const { id: chatId } = await workbench.call("chats.create", { modelId: "nano-1m" });
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  expect((await followRun(workbench, runId)).at(-1)).toMatchObject({ message: { state: "done" } });
  const used = (await workbench.call("models.list", {})).find(({ id }) => id === "nano-1m");
  expect(used?.lastUsedAt).toEqual(expect.any(Number));
  expect(used?.measuredTokensPerSecond).toBeGreaterThan(0);
});

test.skipIf(process.platform === "win32")(
  "a model that crashes the engine during its first reply is refused until the user loads it",
  async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, "models"));
    await copyFile(nanoPath, join(home, "models", "crasher.gguf"));
    const { workbench } = await openTestWorkbench(home);
    const { id: chatId } = await workbench.call("chats.create", { modelId: "crasher" });
    await workbench.call("models.load", { modelId: "crasher" });
    const ask = async () => (await workbench.call("chats.send", { chatId, text: "What is 4321 + 8765?" })).runId;
    const state = await workbench.call("engine.state", {});
    const pid = "info" in state ? state.info.pid : 0;
    expect(pid).toBeGreaterThan(0);
    let struck = false;
    const frames = await followRun(workbench, await ask(), ({ kind }) => {
      if (kind === "delta" && !struck) {
        struck = true;
        process.kill(pid, "SIGABRT");
      }
    });
    expect(frames.at(-1)).toMatchObject({ message: { state: "failed", problem: { code: "engine-down" } } });
    const again = await followRun(workbench, await ask());
    expect(again.at(-1)).toMatchObject({ message: { state: "failed", problem: { code: "model-crashed-engine" } } });
    expect(await workbench.call("models.load", { modelId: "crasher" })).toMatchObject({ state: "ready" });
    expect((await followRun(workbench, await ask())).at(-1)).toMatchObject({ message: { state: "done" } });
  },
);
