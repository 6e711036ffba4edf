import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import type { Clock } from "../../../electron/workbench/idleTimer.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import type { LocalSession } from "../../../electron/workbench/engines/Session.ts";
import { handledFacts, handledInfo } from "../../support/engine/HandledEngine.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { openHandledEngines, replyEngines } from "../../support/engine/openReplyEngines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const a = listedModel("a");
const b = listedModel("b");
const forever = new AbortController().signal;
const prompt = { messages: [{ role: "user" as const, content: "Hi" }], thinking: "on" as const };

/** A clock that the test advances. */
class HandClock implements Clock {
  time = 0;
  #timer: { at: number; callback: () => void } | null = null;
  now = () => this.time;
  after = (ms: number, callback: () => void) => {
    const timer = { at: this.time + ms, callback };
    this.#timer = timer;
    return () => {
      if (this.#timer === timer) this.#timer = null;
    };
  };
  pass(minutes: number): void {
    this.time += minutes * 60_000;
    const timer = this.#timer;
    if (timer === null || timer.at > this.time) return;
    this.#timer = null;
    timer.callback();
  }
}

async function scene() {
  const home = await temporaryFolder();
  const clock = new HandClock();
  const events: string[] = [];
  const opened = await openHandledEngines(home, { clock, onEvent: (name) => events.push(name) });
  const load = async (model: FileModel): Promise<void> => {
    const loading = opened.api.load(model);
    (await opened.engine.next()).finish();
    expect(await loading).toBe(true);
  };
  return { ...opened, home, clock, events, load };
}

/** Returns a model whose file exists, so that its use can be stored. */
async function realModel(home: string): Promise<FileModel> {
  const path = join(home, "real.gguf");
  await writeFile(path, "x");
  return { ...listedModel("real"), source: { kind: "file", path } };
}

test("a model is loaded once, its progress is reported, and it is in use during the work", async () => {
  const { api, engine } = await scene();
  const heard: unknown[] = [];
  const used = api.use(
    a,
    "reply",
    forever,
    async (session) => {
      expect(session.model).toBe(a);
      await expect(api.release(a)).rejects.toMatchObject({ code: "model-in-use" });
      return await session.countTokens(prompt);
    },
    (progress) => heard.push(progress),
  );
  const load = await engine.next();
  load.emit({ fraction: 0.5 });
  load.finish();
  (await engine.next()).finish("done", { text: "Hi", tokens: [1, 2, 3] });
  expect(await used).toBe(3);
  expect(heard).toEqual([{ fraction: 0.5 }]);
  expect(await api.use(a, "reply", forever, () => Promise.resolve("again"))).toBe("again");
  expect(engine.operations).toEqual(["load", "prompt"]);
  await api.release(a);
  expect(api.loaded).toEqual({ state: "none" });
});

/** Work that has begun and that the test ends. */
function held() {
  let begin: () => void = () => undefined;
  let end: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = (): Promise<void> => {
    begin();
    return ended;
  };
  return { work, begun, end: () => end() };
}

test("the model is looked up in its turn, not before", async () => {
  const { api, load } = await scene();
  await load(a);
  const { work, begun, end } = held();
  const first = api.use(a, "reply", forever, work);
  await begun;
  let wanted = b;
  const second = api.use(
    () => Promise.resolve(wanted),
    "reply",
    forever,
    (session) => Promise.resolve(session.model.id),
  );
  wanted = a;
  end();
  await first;
  expect(await second).toBe("a");
});

test("being stopped while waiting, loading or working is an outcome, not a failure", async () => {
  const { api, engine, load } = await scene();
  await load(a);
  const { work, begun, end } = held();
  const before = api.use(a, "reply", forever, work);
  await begun;
  const waiting = new AbortController();
  const waits = api.use(a, "reply", waiting.signal, () => Promise.resolve("never"));
  waiting.abort();
  expect(await waits).toBeNull();
  end();
  await before;
  const loading = new AbortController();
  const loads = api.use(b, "reply", loading.signal, () => Promise.resolve("never"));
  await engine.next();
  loading.abort();
  expect(await loads).toBeNull();
  await load(a);
  const working = new AbortController();
  const works = api.use(a, "reply", working.signal, () => {
    working.abort();
    throw new WorkbenchError("engine-down");
  });
  expect(await works).toBeNull();
});

test("a load that the user cancels ends the use without a failure", async () => {
  const { api, handlers, engine } = await scene();
  const used = api.use(a, "reply", forever, () => Promise.resolve("never"));
  await engine.next();
  await handlers["models.cancelLoad"]({});
  expect(await used).toBeNull();
  expect(api.loaded).toEqual({ state: "none" });
});

test("a measurement loads what it needs itself; nothing else can change the model meanwhile", async () => {
  const { api, handlers, engine, load } = await scene();
  await load(a);
  const measured = await api.use(a, "benchmark", forever, async (session) => {
    await expect(api.load(b)).rejects.toMatchObject({ code: "benchmark-running" });
    await expect(handlers["models.unload"]({})).rejects.toMatchObject({ code: "benchmark-running" });
    const loading = session.load({ contextSize: 1024 });
    const asked = await engine.next();
    expect(asked.params).toMatchObject({ contextSize: 1024 });
    asked.finish();
    const state = await loading;
    expect(state).toEqual({ engine: handledInfo, facts: handledFacts });
    expect(session.state).toBe(state);
    // The same settings keep the state; the state of another engine process is gone.
    expect(await session.load({ contextSize: 1024 })).toBe(state);
    engine.generation++;
    expect(session.state).toBeNull();
    return "measured";
  });
  expect(measured).toBe("measured");
  await load(b);
});

test("a crash of the engine just after a model is ready is a failure, not a cancelled load", async () => {
  const crash = { code: "engine-down" as const };
  const { api, engine } = await openHandledEngines(await temporaryFolder(), {
    onEvent(name, data) {
      if (name === "models.loadedChanged" && "facts" in data)
        engine.enter({ state: "crashed", problem: crash, failures: 1 });
    },
  });
  const used = api.use(a, "reply", forever, () => Promise.resolve("written"));
  (await engine.next()).finish();
  await expect(used).rejects.toMatchObject({ code: "engine-down" });
});

test("a tuning refuses other loads and says that it is one", async () => {
  const { api } = await scene();
  await api.use(a, "tuning", forever, async () => {
    await expect(api.load(b)).rejects.toMatchObject({ code: "tune-running" });
  });
});

test("an unused model is unloaded after the set time, and the next use loads it again", async () => {
  const { api, engine, clock, load } = await scene();
  await load(a);
  clock.pass(29);
  await api.load(a);
  clock.pass(29);
  expect(api.loaded).toMatchObject({ state: "ready" });
  clock.pass(1);
  expect(api.loaded).toEqual({ state: "none" });
  await load(a);
  expect(engine.operations).toEqual(["load", "unload", "load"]);
});

test("a model in use stays loaded; a new time in the settings applies at once, and none keeps the model", async () => {
  const { api, clock, settings, load } = await scene();
  await load(a);
  await api.use(a, "reply", forever, async () => {
    clock.pass(1000);
    expect(api.loaded).toMatchObject({ state: "ready" });
  });
  await settings.change({ idleUnloadMinutes: null });
  clock.pass(1000);
  expect(api.loaded).toMatchObject({ state: "ready" });
  await settings.change({ idleUnloadMinutes: 5 });
  clock.pass(0);
  expect(api.loaded).toEqual({ state: "none" });
});

test("a reply's speed is stored with its model, and a crash marks it until it is forgiven, but not a trial's crash", async () => {
  const { api, engine, home, events } = await scene();
  const real = await realModel(home);
  const record = async () => (await createModelUse(home).read()).get("real");
  const crash = new WorkbenchError("engine-down", { case: "signal", signal: "SIGABRT" }, "signal SIGABRT");
  const measure = (isTrial: boolean) => async (session: LocalSession) => {
    const params = { tests: [], repeats: 1, seed: 1, firstTokenPromptTokens: null };
    const measuring = session.measure(params, { isTrial });
    (await engine.next()).fail(crash);
    return await measuring;
  };
  await expect(api.use(real, "tuning", forever, measure(true))).rejects.toMatchObject({ code: "engine-down" });
  expect(await record()).toBeUndefined();
  await expect(api.use(real, "benchmark", forever, measure(false))).rejects.toMatchObject({ code: "engine-down" });
  expect(await record()).toMatchObject({ crashes: 1, mark: { cause: "stopped", reason: "signal SIGABRT" } });
  await api.forgive(real);
  expect(await record()).toMatchObject({ crashes: 0, mark: null });
  const reply = { ...prompt, chat: null, maxTokens: null, onEvent: () => undefined };
  const replied = api.use(real, "reply", forever, (session) => session.reply(reply));
  (await engine.next()).finish();
  (await engine.next()).finish("done", { thoughtTokens: 10, answerTokens: 10, tokensPerSecond: 5 });
  expect(await replied).toMatchObject({ outcome: "done" });
  expect(await record()).toMatchObject({ tokensPerSecond: [5] });
  // Setting and removing the mark changes the model's row; the reply changes only its use.
  expect(events.filter((name) => name === "models.changed")).toHaveLength(2);
  expect(events.filter((name) => name === "models.used")).toHaveLength(1);
});

test("an engine that is terminated on purpose marks no model", async () => {
  const { api, engine, home, close } = await scene();
  const real = await realModel(home);
  const loading = api.load(real).catch((error: unknown) => error);
  const request = await engine.next();
  const closing = close();
  request.fail(new WorkbenchError("engine-down"));
  expect(await loading).toMatchObject({ code: "engine-down" });
  await closing;
  expect((await createModelUse(home).read()).get("real")).toMatchObject({ crashes: 0, loading: null, mark: null });
});

test("background work gives way to a reply and to a user's load, and is refused during one", async () => {
  const { api, engine } = await scene();
  const work = held();
  const untilAborted = (signal: AbortSignal): Promise<void> => {
    void work.work();
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
  };
  const first = api.inBackground(forever, untilAborted);
  await work.begun;
  const refused = expect(first).rejects.toMatchObject({ code: "engine-busy" });
  const reply = api.use(a, "reply", forever, async () => {
    await expect(api.inBackground(forever, untilAborted)).rejects.toMatchObject({ code: "engine-busy" });
    return "written";
  });
  (await engine.next()).finish();
  await refused;
  expect(await reply).toBe("written");
  const second = expect(api.inBackground(forever, untilAborted)).rejects.toMatchObject({ code: "engine-busy" });
  const loading = api.load(b);
  (await engine.next()).finish();
  await second;
  expect(await loading).toBe(true);
  const stopping = new AbortController();
  const third = api.inBackground(stopping.signal, untilAborted);
  stopping.abort();
  expect(await third).toBeNull();
});

test("a session of another kind is used in the same way, and loads nothing here", async () => {
  const [, open] = replyEngines[1] ?? [];
  const engines = (await open?.(await temporaryFolder()))?.engines;
  expect(await engines?.use(a, "api", forever, (session) => session.countTokens(prompt))).toBe(2);
  expect(engines?.loaded).toEqual({ state: "none" });
});

test("a state that was left unfinished is deleted when the home is opened", async () => {
  const home = await temporaryFolder();
  await mkdir(join(home, "state"));
  await writeFile(join(home, "state", `${"d".repeat(32)}.${process.pid}.1a.tmp`), "half");
  await openHandledEngines(home);
  await expect.poll(() => readdir(join(home, "state"))).toEqual([]);
});

test("when chats are locked, the engine is replaced once what uses it has ended, but not by a measurement", async () => {
  const { api, engine, load } = await scene();
  await load(a);
  const summary = held();
  const summarized = api.use(a, "reply", forever, summary.work);
  await summary.begun;
  await api.forgetAllChats();
  expect(engine.generation).toBe(1);
  summary.end();
  await summarized;
  await expect.poll(() => engine.generation).toBe(2);

  const trial = held();
  const measured = api.use(a, "benchmark", forever, trial.work);
  await trial.begun;
  await api.forgetAllChats();
  trial.end();
  await measured;
  // A turn of its own would have come before this one.
  await api.withoutModel("models-moving", forever, () => Promise.resolve());
  expect(engine.generation).toBe(2);
});
