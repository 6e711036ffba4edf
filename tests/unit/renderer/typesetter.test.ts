import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type {
  TypesetBlock,
  WorkerAnswer,
  WorkerRequest,
} from "../../../renderer/features/chats/markdown/answerTree.ts";
import { type Typeset, Typesetter } from "../../../renderer/features/chats/markdown/Typesetter.ts";

/** A worker whose responses the test provides. */
class HandWorker extends EventTarget {
  readonly requests: WorkerRequest[] = [];
  isEnded = false;
  postMessage(request: WorkerRequest): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  tell(answer: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: answer }));
  }
  /** Responds to the newest request's next source. */
  answer(block: unknown): void {
    this.tell({ kind: "block", id: this.requests.at(-1)?.id, block } as WorkerAnswer);
  }
}

function open(silenceLimitMs = 20) {
  const workers: HandWorker[] = [];
  const typesetter = new Typesetter({
    silenceLimitMs,
    createWorker: () => {
      const worker = new HandWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
  });
  const told: [source: string, typeset: Typeset][] = [];
  const ask = (sources: string[], isUrgent = false) =>
    typesetter.typeset({ sources, isUrgent, onBlock: (index, typeset) => told.push([sources[index] ?? "", typeset]) });
  return { typesetter, workers, told, ask };
}

const block = (text: string): TypesetBlock => ({
  root: { type: "root", children: [{ type: "text", value: text }] },
  counts: { nodes: 1, formulas: 0, cells: 0, numbers: 0 },
  workMs: 1,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("blocks are returned in order, urgent ones before those that wait", () => {
  const { workers, told, ask } = open();
  ask(["a", "b"]);
  ask(["c"]);
  ask(["now"], true);
  const [worker] = workers;
  expect(worker?.requests).toHaveLength(1);
  for (const text of ["a", "b", "now", "c"]) worker?.answer(block(text));
  expect(told.map(([source]) => source)).toEqual(["a", "b", "now", "c"]);
  expect(told[0]?.[1]).toEqual(block("a"));
});

test("a silent worker is terminated; its block is plain text from then on, the others continue in the spare worker", () => {
  const { typesetter, workers, told, ask } = open();
  typesetter.warmUp();
  expect(workers).toHaveLength(2);
  ask(["good", "bomb", "last"]);
  workers[0]?.answer(block("good"));
  vi.advanceTimersByTime(25);
  expect(workers[0]?.isEnded).toBe(true);
  expect(told.map(([source, typeset]) => [source, typeset === "plain"])).toEqual([
    ["good", false],
    ["bomb", true],
  ]);
  expect(workers[1]?.requests).toMatchObject([{ sources: ["last"] }]);
  workers[1]?.answer(block("last"));
  expect(told.at(-1)).toEqual(["last", block("last")]);
  // When requested again, no worker is lost to it.
  ask(["bomb", "new"]);
  expect(told.at(-1)).toEqual(["bomb", "plain"]);
  expect(workers[1]?.requests.at(-1)).toMatchObject({ sources: ["new"] });
});

test("a worker that crashes counts like a silent one", () => {
  const { workers, told, ask } = open(10_000);
  ask(["breaks", "good"]);
  workers[0]?.dispatchEvent(new Event("error"));
  expect(workers[0]?.isEnded).toBe(true);
  expect(told).toEqual([["breaks", "plain"]]);
  expect(workers[1]?.requests).toMatchObject([{ sources: ["good"] }]);
});

test("workers that never start are not started forever: the text is shown as written", () => {
  const { workers, told, ask } = open(10_000);
  ask(["a", "b", "c", "d", "e"]);
  for (let index = 0; index < 3; index++) workers[index]?.dispatchEvent(new Event("error"));
  expect(told).toHaveLength(5);
  expect(workers).toHaveLength(3);
});

test("a cancelled job receives nothing more", () => {
  const { workers, told, ask } = open();
  const cancel = ask(["a", "b"]);
  workers[0]?.answer(block("a"));
  cancel();
  workers[0]?.answer(block("b"));
  ask(["c"]);
  workers[0]?.answer(block("c"));
  expect(told.map(([source]) => source)).toEqual(["a", "c"]);
});

let deep: unknown = { type: "text", value: "x" };
for (let depth = 0; depth < 100_000; depth++) {
  deep = { type: "element", tagName: "p", properties: {}, children: [deep] };
}
const many = Array.from({ length: 10_000 }, () => ({ type: "text", value: "x" }));

test.each([
  ["no tree", { ...block("x"), root: "<b>html</b>" }],
  ["raw HTML", { ...block("x"), root: { type: "root", children: [{ type: "raw", value: "<b>" }] } }],
  ["too deep", { ...block("x"), root: { type: "root", children: [deep] } }],
  ["too large", { ...block("x"), root: { type: "root", children: many } }],
  ["a text that is none", { ...block("x"), root: { type: "root", children: [{ type: "text", value: { a: 1 } }] } }],
  [
    "a property that is none",
    {
      ...block("x"),
      root: { type: "root", children: [{ type: "element", tagName: "p", properties: { style: {} }, children: [] }] },
    },
  ],
  ["nothing", null],
])("the worker's response is checked: %s is plain text", (_name, answer) => {
  const { workers, told, ask } = open();
  ask(["x"]);
  workers[0]?.answer(answer);
  expect(told).toEqual([["x", "plain"]]);
});

test("colours come only from the window's own list", async () => {
  const { typesetter, workers } = open();
  const told = [typesetter.highlight("a", "js"), typesetter.highlight("b", "js"), typesetter.highlight("c", "js")];
  const tell = (lines: unknown): void => {
    workers[0]?.tell({ kind: "code", id: workers[0].requests.at(-1)?.id, lines });
  };
  tell([[{ text: "a", color: "var(--code-token-string)" }]]);
  tell([[{ text: "b", color: "url(https://evil.example)" }]]);
  tell("b");
  expect(await Promise.all(told)).toEqual([[[{ text: "a", color: "var(--code-token-string)" }]], null, null]);
});
