import { expect, test } from "vitest";
import type { DrawnDiagram } from "../../../electron/contract/diagrams.ts";
import { diagramLimits } from "../../../electron/contract/diagramLimits.ts";
import { createDiagramsStore, diagramKey } from "../../../renderer/stores/diagrams.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { fakeBridge } from "./fakeBridge.ts";

const drawn = (bytes = 10): DrawnDiagram => ({
  state: "drawn",
  png: new Uint8Array(bytes),
  width: 10,
  height: 10,
});

/** A store whose diagrams are drawn when the test says so. */
function open() {
  const asked: { text: string; finish: (result: DrawnDiagram) => void }[] = [];
  const fake = fakeBridge({
    "diagrams.draw": ({ text }) => new Promise((finish) => asked.push({ text, finish })),
    "diagrams.stop": () => {
      asked.at(-1)?.finish({ state: "failed", reason: "crashed" });
      return null;
    },
  });
  const store = createDiagramsStore(openDoor(fake.bridge));
  const finish = async (text: string, result = drawn()): Promise<void> => {
    await expect.poll(() => asked.at(-1)?.text).toBe(text);
    asked.at(-1)?.finish(result);
    await expect.poll(() => store.getState().diagrams.has(diagramKey(text, "light"))).toBe(true);
  };
  return { store, asked, finish, want: (text: string) => store.getState().want(text, "light") };
}

test("diagrams are drawn one at a time, each once, and those that were given up are not", async () => {
  const { store, asked, finish, want } = open();
  want("one");
  want("one");
  const giveUp = want("two");
  want("three");
  giveUp();
  expect(asked.map(({ text }) => text)).toEqual(["one"]);
  await finish("one");
  await finish("three");
  expect(asked.map(({ text }) => text)).toEqual(["one", "three"]);
  await expect.poll(() => store.getState().isBusy).toBe(false);
  want("one");
  expect(asked).toHaveLength(2);
});

test("the drawing of a diagram ends when the last place that wants it goes", async () => {
  const { store, asked, finish, want } = open();
  const isKept = (text: string): boolean => store.getState().diagrams.has(diagramKey(text, "light"));
  const leave = want("slow");
  const leaveToo = want("slow");
  want("next");
  leave();
  expect(asked.map(({ text }) => text)).toEqual(["slow"]);
  leaveToo();
  await finish("next");
  expect(isKept("slow")).toBe(false);
  await expect.poll(() => store.getState().isBusy).toBe(false);
});

test("a diagram that is wanted again while its drawing ends is drawn", async () => {
  const { store, asked, finish, want } = open();
  want("back")();
  want("back");
  await expect.poll(() => asked.length).toBe(2);
  await finish("back");
  expect(store.getState().diagrams.get(diagramKey("back", "light"))).toEqual(drawn());
});

test("the oldest diagrams that nothing wants are forgotten when they are too large", async () => {
  const { store, finish, want } = open();
  want("stays");
  await finish("stays", drawn(30_000_000));
  const leave = want("goes");
  await finish("goes", drawn(10_000_000));
  leave();
  want("new");
  await finish("new", drawn(10_000_000));
  expect([...store.getState().diagrams.keys()]).toEqual([diagramKey("stays", "light"), diagramKey("new", "light")]);
});

test("a diagram that failed is drawn again on request, and one that is too long never", async () => {
  const { store, asked, finish, want } = open();
  want("x");
  await finish("x", { state: "failed", reason: "tooSlow" });
  store.getState().again("x", "light");
  expect(store.getState().diagrams.has(diagramKey("x", "light"))).toBe(false);
  await expect.poll(() => asked.length).toBe(2);
  await finish("x");
  const long = "x".repeat(diagramLimits.textChars + 1);
  want(long);
  await expect.poll(() => store.getState().diagrams.get(diagramKey(long, "light"))).toEqual({ state: "tooLong" });
  expect(asked).toHaveLength(2);
});

test("a diagram that is being drawn is not drawn a second time on request, and one that was given up is", async () => {
  const { store, asked, finish, want } = open();
  const leave = want("x");
  store.getState().again("x", "light");
  await finish("x");
  await expect.poll(() => store.getState().isBusy).toBe(false);
  expect(asked).toHaveLength(1);
  leave();
  want("y")();
  store.getState().again("y", "light");
  await expect.poll(() => asked.length).toBe(3);
  await finish("y");
});

test("no more diagrams are drawn while those that are wanted take too much memory", async () => {
  const { store, asked, finish, want } = open();
  const leaves = [];
  for (const text of ["one", "two", "three"]) {
    leaves.push(want(text));
    // oxlint-disable-next-line no-await-in-loop
    await finish(text, drawn(150_000_000));
  }
  want("four");
  const four = (): unknown => store.getState().diagrams.get(diagramKey("four", "light"));
  await expect.poll(four).toEqual({ state: "tooMany" });
  expect(asked).toHaveLength(3);
  for (const leave of leaves) leave();
  store.getState().again("four", "light");
  await finish("four");
});
