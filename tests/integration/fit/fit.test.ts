import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";

it("judges the built-in model, a catalogue entry and a hub file without measuring anything", async () => {
  const { workbench } = await openTestWorkbench();
  const [nano] = await workbench.call("models.list", {});
  const of = (input: Parameters<typeof workbench.call<"fit.of">>[1]) => workbench.call("fit.of", input);
  const small = await of({ subject: { kind: "model", modelId: nano?.id ?? "" } });
  expect(small).toMatchObject({ verdict: "fits", limitedBy: null, speed: null, guessed: false });
  expect(small.maxContext).toBe(nano?.contextLength);

  const large = await of({ subject: { kind: "catalog", id: "r1-distill-qwen-7b-q4_k_m" }, contextSize: 4096 });
  expect(large.need).toMatchObject({ contextSize: 4096 });
  expect(large.need.weightsBytes / 4.677e9).toBeCloseTo(1, 2);
  const named = await of({
    subject: {
      kind: "hub",
      name: "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M",
      quantization: "Q4_K_M",
      sizeBytes: 4_683_073_376,
    },
    contextSize: 4096,
  });
  expect(named.need.keyValueBytes).toBe(large.need.keyValueBytes);

  await expect(of({ subject: { kind: "catalog", id: "no-such" } })).rejects.toMatchObject({ code: "model-not-found" });
  const list = await workbench.call("fit.list", {
    subjects: [
      { kind: "catalog", id: "no-such" },
      { kind: "model", modelId: nano?.id ?? "" },
    ],
  });
  expect(list).toEqual([null, expect.objectContaining({ verdict: "fits" })]);
  expect(await workbench.call("fit.trials", {})).toEqual({ state: "none" });
});

it("stops measuring the machine when a reply is requested, which is written", async () => {
  let isMeasuring: () => void = () => undefined;
  const measuring = new Promise<void>((resolve) => (isMeasuring = resolve));
  const { workbench, home } = await openTestWorkbench(undefined, ({ name, data }) => {
    if (name !== "fit.changed") return;
    const trials = data as SpeedTrials;
    if (trials.state === "measuring" && trials.step.code !== "engine") isMeasuring();
  });
  const stopped = expect(workbench.call("fit.measure", {})).rejects.toMatchObject({ code: "engine-busy" });
  await measuring;
  const { id: chatId } = await workbench.call("chats.create", {});
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  const frames = await followRun(workbench, runId);
  expect(frames.at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });
  await stopped;
  expect((await readdir(home)).filter((name) => name.endsWith(".gguf"))).toEqual([]);
});
