import { MessageChannel } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { type Answers, PortCalls } from "../../../electron/workbench/workers/PortCalls.ts";

interface Sums {
  add(params: { left: number; right: number }): number;
  fail(): null;
  never(): null;
}
interface News {
  noted(params: { text: string }): void;
  limit(): number;
}

function open() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const notes: string[] = [];
  const caller = new PortCalls<Sums, News>(port1, { noted: ({ text }) => void notes.push(text), limit: () => 7 });
  const answers: Answers<Sums> = {
    add: async ({ left, right }) => {
      answerer.send("noted", { text: `${left} and ${right}` });
      return Math.min(left + right, await answerer.call("limit", {}));
    },
    fail: () => {
      throw new WorkbenchError("disk-full", undefined, "no space");
    },
    never: () => new Promise(() => undefined),
  };
  const answerer = new PortCalls<News, Sums>(port2, answers);
  return { caller, notes };
}

it("calls are answered, and the other end can call back", async () => {
  const { caller, notes } = open();
  const sums = [caller.call("add", { left: 1, right: 2 }), caller.call("add", { left: 3, right: 50 })];
  expect(await Promise.all(sums)).toEqual([3, 7]);
  expect(notes).toEqual(["1 and 2", "3 and 50"]);
});

it("a failure arrives with its code", async () => {
  await expect(open().caller.call("fail", {})).rejects.toMatchObject({ code: "disk-full", detail: "no space" });
});

it("calls that the other end did not answer fail when it is gone", async () => {
  const { caller } = open();
  const calls = [caller.call("never", {}), caller.call("never", {})];
  caller.fail(new Error("gone"));
  for (const call of calls) await expect(call).rejects.toThrow("gone");
});
