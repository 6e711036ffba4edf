import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EngineState } from "../../../electron/contract/engine.ts";
import type { TuneState } from "../../../electron/contract/tune.ts";
import type { LoadClocks } from "../../../electron/workbench/benchmark/LoadWatch.ts";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";

/** More than enough on a busy machine; a complete tuning ends earlier. */
const minutes = 1;
/** As if no other program ran: a disturbed visit would be repeated, in an order that no test can predict. */
const quiet: LoadClocks = {
  now: () => performance.now(),
  machine: () => ({ busyMs: 0, stolenMs: null }),
  ownMs: () => 0,
};

/** A workbench whose tuning a test can follow. */
class Scene {
  readonly states: TuneState[] = [];
  workbench!: Workbench;
  home!: string;
  onEngine: (state: EngineState) => void = () => undefined;
  #heard: (state: TuneState) => void = () => undefined;

  static async open(home?: string): Promise<Scene> {
    const scene = new Scene();
    const hear: Parameters<typeof openTestWorkbench>[1] = ({ name, data }) => {
      if (name === "engine.changed") scene.onEngine(data as EngineState);
      if (name !== "tune.changed") return;
      scene.states.push(data as TuneState);
      scene.#heard(data as TuneState);
    };
    const opened = await openTestWorkbench(home, hear, { loadClocks: quiet });
    scene.workbench = opened.workbench;
    scene.home = opened.home;
    return scene;
  }

  /** Starts a tuning, passes each state to `see`, and resolves with the last. */
  async tune(limit = minutes, see: (state: TuneState) => void = () => undefined) {
    const ended = new Promise<Extract<TuneState, { state: "ended" }>>((resolve) => {
      this.#heard = (state) => {
        see(state);
        if (state.state === "ended") resolve(state);
      };
    });
    await this.workbench.call("tune.start", { minutes: limit });
    return { ended };
  }

  /** Resolves with the stored use of the model: crashes and marks. */
  async use(): Promise<string> {
    return await readFile(join(this.home, "model-use.json"), "utf8").catch(() => "");
  }
}

const isAt = (state: TuneState, step: string): boolean =>
  state.state === "trying" && state.progress.trials.at(-1)?.outcome === "trying" && state.progress.step === step;

test("a tuning tries settings within its time and changes nothing unasked; a crash of the engine fails only its trial", {
  timeout: 120_000,
}, async () => {
  const scene = await Scene.open();
  const { workbench } = scene;
  const before = await workbench.call("models.choices", { modelId: "r1-nano" });
  let compared = false;
  let armed = false;
  const { ended } = await scene.tune(minutes, (state) => {
    compared ||= isAt(state, "comparing");
    armed = compared && isAt(state, "measuring");
  });
  // The first request after that is the trial's own measurement.
  scene.onEngine = (state) => {
    if (!armed || state.state !== "busy") return;
    scene.onEngine = () => undefined;
    process.kill(state.info.pid, "SIGKILL");
  };
  const { outcome, trials, before: figures, problem } = await ended;
  expect(problem).toBeNull();
  expect(["complete", "time"]).toContain(outcome);
  expect(figures?.writing.median).toBeGreaterThan(0);
  const [crashed, ...others] = trials.map(({ outcome: each }) => each);
  expect(crashed).toBe("crashed");
  expect(others.length).toBeGreaterThan(0);
  expect(others).not.toContain("crashed");
  expect(scene.states[0]).toMatchObject({ state: "queued" });
  expect(await scene.use()).not.toMatch(/"crashes":[1-9]|"mark":\{/);
  expect(await workbench.call("models.choices", { modelId: "r1-nano" })).toEqual(before);
  // The next reply uses the model with its previous settings.
  const written = await workbench.answer({
    modelId: null,
    messages: [{ role: "user", content: "What is 17 + 25?" }],
    thinking: "off",
    maxTokens: 4,
    signal: new AbortController().signal,
    onStage: () => undefined,
    onPiece: () => undefined,
  });
  expect(written.outcome).toBe("done");
});

test("a second tuning and a change of the model are refused; a reply waits; a stop ends the tuning", {
  timeout: 120_000,
}, async () => {
  const scene = await Scene.open();
  const { workbench } = scene;
  const chat = await workbench.call("chats.create", { modelId: null });
  let isTrying: () => void = () => undefined;
  const trying = new Promise<void>((resolve) => (isTrying = resolve));
  const { ended } = await scene.tune(100, (state) => {
    if (state.state === "trying" && state.progress.before !== null) isTrying();
  });
  await trying;
  await expect(workbench.call("tune.start", {})).rejects.toMatchObject({ code: "tune-running" });
  await expect(workbench.call("models.load", { modelId: "r1-nano" })).rejects.toMatchObject({ code: "tune-running" });
  const other = await Scene.open(scene.home);
  await expect(other.workbench.call("tune.start", {})).rejects.toMatchObject({ code: "benchmark-running" });
  await expect(workbench.call("benchmark.start", { plan: { kind: "quick" } })).rejects.toMatchObject({
    code: "benchmark-running",
  });
  const { runId } = await workbench.call("chats.send", { chatId: chat.id, text: "What is 17 + 25?" });
  const frames = followRun(workbench, runId);
  const { state } = await workbench.call("tune.state", {});
  expect(state).toBe("trying");
  await workbench.call("tune.stop", {});
  expect((await ended).outcome).toBe("stopped");
  expect((await frames).at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });
});
