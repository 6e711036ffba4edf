import { expect, onTestFinished, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { type EnginePurpose, EngineTurns } from "../../../electron/workbench/engines/EngineTurns.ts";

const forever = new AbortController().signal;

/** Work that the test ends, and the order in which it began. */
function scene() {
  const turns = new EngineTurns();
  const begun: string[] = [];
  const take = (name: string, purpose: EnginePurpose, signal = forever) => {
    let end: () => void = () => undefined;
    let own: AbortSignal = signal;
    let keep: () => boolean = () => false;
    const done = turns.take(purpose, signal, (given, keepTurn) => {
      begun.push(name);
      own = given;
      keep = keepTurn;
      return new Promise<string>((resolve) => (end = () => resolve(name)));
    });
    done.catch(() => undefined);
    return { done, end: () => end(), signal: () => own, keep: () => keep() };
  };
  return { turns, begun, take };
}

/** Lets the callbacks of settled promises run. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

test("a user's requests come in order, before an API's, and both before background work", async () => {
  const { begun, take } = scene();
  const first = take("first", "reply");
  const others = [
    take("background", "background"),
    take("api", "api"),
    take("benchmark", "benchmark"),
    take("reply", "reply"),
  ];
  await settle();
  expect(begun).toEqual(["first"]);
  first.end();
  for (const name of ["benchmark", "reply", "api", "background"]) {
    await settle();
    expect(begun.at(-1)).toBe(name);
    for (const { end } of others) end();
  }
});

test("an aborted wait rejects without starting, and those behind it continue", async () => {
  const { begun, take } = scene();
  const first = take("first", "reply");
  const giving = new AbortController();
  const second = take("second", "reply", giving.signal);
  take("third", "reply");
  giving.abort();
  await expect(second.done).rejects.toMatchObject({ name: "AbortError" });
  first.end();
  await settle();
  expect(begun).toEqual(["first", "third"]);
});

test("background work is told to stop as soon as somebody waits, and passes on its turn when it has", async () => {
  const { begun, take, turns } = scene();
  const background = take("background", "background");
  await settle();
  expect(turns.isTaken).toBe(false);
  take("another", "background");
  await settle();
  expect(background.signal().aborted).toBe(false);
  take("reply", "reply");
  expect(turns.isTaken).toBe(true);
  expect(background.signal().aborted).toBe(true);
  background.end();
  await settle();
  expect(begun).toEqual(["background", "reply"]);
});

test("background work that does not stop delays a waiting user by half a second at most", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { begun, take } = scene();
  const stubborn = take("stubborn", "background");
  await settle();
  take("reply", "reply");
  await vi.advanceTimersByTimeAsync(499);
  expect(begun).toEqual(["stubborn"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual(["stubborn", "reply"]);
  // Work that ends late does not end another's turn.
  const next = take("next", "reply");
  stubborn.end();
  await settle();
  expect(begun).toEqual(["stubborn", "reply"]);
  next.end();
});

test("an API's request stops for a user, and goes on afterwards, but not for another API's request", async () => {
  const { begun, take } = scene();
  const api = take("api", "api");
  await settle();
  const other = take("other", "api");
  await settle();
  expect(api.signal().aborted).toBe(false);
  const reply = take("reply", "reply");
  expect(api.signal().aborted).toBe(true);
  api.end();
  await expect(api.done).rejects.toMatchObject({ code: "engine-busy" });
  take("api again", "api");
  await settle();
  expect(begun).toEqual(["api", "reply"]);
  reply.end();
  await settle();
  other.end();
  await settle();
  expect(begun).toEqual(["api", "reply", "other", "api again"]);
});

test("background work and an API's request give way to what takes no turn, such as a load", async () => {
  for (const purpose of ["api", "background"] as const) {
    const { take, turns } = scene();
    const work = take("work", purpose);
    await settle();
    turns.giveWay();
    expect(work.signal().aborted).toBe(true);
    work.end();
    await expect(work.done).rejects.toMatchObject({ code: "engine-busy" });
  }
});

test("what programs asked for ends when it is told to, whether it has begun, is kept or waits", async () => {
  const { begun, take, turns } = scene();
  const [work, waiting, background] = [take("work", "api"), take("waiting", "api"), take("background", "background")];
  await settle();
  expect(work.keep()).toBe(true);
  turns.endPrograms(new WorkbenchError("model-unloaded"));
  expect(work.signal().aborted).toBe(true);
  await expect(waiting.done).rejects.toMatchObject({ code: "model-unloaded" });
  work.end();
  await expect(work.done).rejects.toMatchObject({ code: "model-unloaded" });
  await settle();
  expect(begun).toEqual(["work", "background"]);
  expect(background.signal().aborted).toBe(false);
});

test("a turn that is kept gives way to nothing, unless it had to already", async () => {
  const { begun, take, turns } = scene();
  const kept = take("kept", "api");
  await settle();
  expect(kept.keep()).toBe(true);
  const reply = take("reply", "reply");
  turns.giveWay();
  await settle();
  expect(kept.signal().aborted).toBe(false);
  expect(begun).toEqual(["kept"]);
  kept.end();
  await settle();
  reply.end();
  const late = take("late", "api");
  await settle();
  turns.giveWay();
  expect(late.keep()).toBe(false);
  late.end();
  await expect(late.done).rejects.toMatchObject({ code: "engine-busy" });
});

test("neither a reply nor a benchmark gives way to anything", async () => {
  for (const purpose of ["reply", "benchmark", "tuning"] as const) {
    const { begun, take, turns } = scene();
    const work = take("work", purpose);
    await settle();
    take("reply", "reply");
    turns.giveWay();
    await settle();
    expect(work.signal().aborted).toBe(false);
    expect(begun).toEqual(["work"]);
  }
});
