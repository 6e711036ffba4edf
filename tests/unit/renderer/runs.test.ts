import { expect, test, vi } from "vitest";
import { openDoor } from "../../../renderer/stores/door.ts";
import { sliceText } from "../../../renderer/stores/growingText.ts";
import { createRunsStore } from "../../../renderer/stores/runs.ts";
import { fakeBridge, live, reply } from "./fakeBridge.ts";

function open() {
  const fake = fakeBridge();
  const frames: (() => void)[] = [];
  const onEnded = vi.fn();
  const store = createRunsStore(openDoor(fake.bridge), { onEnded, scheduleFrame: (paint) => frames.push(paint) });
  const snapshot = {
    kind: "snapshot",
    runId: "r1",
    message: reply("a1", { text: "", state: "streaming" }),
    live,
  } as const;
  return { ...fake, store, frames, onEnded, snapshot };
}

function texts(store: ReturnType<typeof open>["store"]): { thought: string; answer: string } {
  const run = store.getState().byChat.c1;
  return { thought: run ? sliceText(run.thought, 0) : "", answer: run ? sliceText(run.answer, 0) : "" };
}

test("a thousand tokens within one frame update the store once", () => {
  const { store, frames, send, snapshot } = open();
  const written = vi.fn();
  store.subscribe(written);
  store.getState().follow("c1", "r1");
  send("r1", { ...snapshot, stage: { stage: "thinking" } });
  for (let index = 0; index < 1000; index++) send("r1", { kind: "delta", part: "thought", text: "x" });
  expect(frames).toHaveLength(1);
  expect(written).not.toHaveBeenCalled();
  frames[0]?.();
  expect(written).toHaveBeenCalledTimes(1);
  expect(texts(store).thought).toBe("x".repeat(1000));
});

test("thought and answer stay separate, and continue the snapshot", () => {
  const { store, frames, send, snapshot } = open();
  store.getState().follow("c1", "r1");
  send("r1", { ...snapshot, message: reply("a1", { thought: "So ", text: "" }), stage: { stage: "thinking" } });
  send("r1", { kind: "delta", part: "thought", text: "far." });
  send("r1", { kind: "stage", stage: { stage: "answering" } });
  send("r1", { kind: "delta", part: "answer", text: "\n\n42" });
  for (const paint of frames) paint();
  expect(store.getState().byChat.c1).toMatchObject({ stage: { stage: "answering" } });
  expect(texts(store)).toEqual({ thought: "So far.", answer: "42" });
});

test("a late window gets the course so far with its snapshot; live figures then replace it, text and stage stay", () => {
  const { store, frames, send, snapshot } = open();
  store.getState().follow("c1", "r1");
  send("r1", { ...snapshot, stage: { stage: "answering" } });
  send("r1", { kind: "delta", part: "answer", text: "4" });
  for (const paint of frames.splice(0)) paint();
  expect(store.getState().byChat.c1?.live).toEqual(live);
  const later = { ...live, answerTokens: 1, tokensPerSecondNow: 0.4, speedSamples: [10, 20, 15] };
  send("r1", { kind: "live", live: later });
  send("r1", { kind: "delta", part: "answer", text: "2" });
  for (const paint of frames.splice(0)) paint();
  expect(store.getState().byChat.c1).toMatchObject({ live: later, stage: { stage: "answering" } });
  expect(texts(store).answer).toBe("42");
});

test("an ended run is passed on and removed, and a late frame restores nothing", () => {
  const { store, frames, send, snapshot, onEnded, followers } = open();
  store.getState().follow("c1", "r1");
  send("r1", { ...snapshot, stage: { stage: "answering" } });
  const kept = reply("a1", { text: "42" });
  send("r1", { kind: "ended", message: kept });
  for (const paint of frames) paint();
  expect(onEnded).toHaveBeenCalledExactlyOnceWith("c1", kept);
  expect(store.getState().byChat).toEqual({});
  expect(followers("r1")).toBe(0);
});

test("following twice attaches once; unfollowing detaches and does not stop the run", () => {
  const { store, followers, calls } = open();
  store.getState().follow("c1", "r1");
  store.getState().follow("c1", "r1");
  expect(followers("r1")).toBe(1);
  store.getState().letGo("c1", "another run");
  expect(followers("r1")).toBe(1);
  store.getState().letGo("c1");
  expect(followers("r1")).toBe(0);
  expect(calls).toEqual([]);
});

test("stop refers to the chat's run", async () => {
  const { store, named } = open();
  store.getState().follow("c1", "r1");
  await store.getState().stop("c1");
  expect(named("runs.stop")).toEqual([{ runId: "r1" }]);
});
