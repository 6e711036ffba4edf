import { expect, test } from "vitest";
import type { RequestOptions } from "../../../electron/workbench/engine/PendingRequest.ts";
import { type Holding, HeldModel } from "../../../electron/workbench/engines/HeldModel.ts";

test("while what a model has read is saved, nobody gets the model, and the next load waits", async () => {
  const asked: string[] = [];
  const engine = { generation: 1, request: (operation: string) => Promise.resolve(asked.push(operation)) };
  const held = new HeldModel(engine as never);
  const holding = { key: "nano" } as Holding;
  let saved: () => void = () => undefined;
  held.onRelease = (released) => {
    expect(released).toBe(holding);
    return new Promise((resolve) => (saved = resolve));
  };
  held.set(holding);
  const first = held.release();
  expect(held.current).toBeNull();
  const order: string[] = [];
  const second = held.release().then(() => order.push("the next load"));
  void first.then(() => order.push("unloaded"));
  await Promise.resolve();
  expect(asked).toEqual([]);
  saved();
  await second;
  expect(asked).toEqual(["unload"]);
  expect(order).toEqual(["unloaded", "the next load"]);
});

test("a load goes on if the unloading before it failed", async () => {
  const engine = { generation: 1, request: () => Promise.reject(new Error("the engine ended")) };
  const held = new HeldModel(engine as never);
  held.set({ key: "nano" } as Holding);
  const first = held.release();
  const second = held.release();
  await expect(first).rejects.toThrow("the engine ended");
  await expect(second).resolves.toBeUndefined();
});

test("an engine that does not unload is stopped after the limit, and the next load goes on", async () => {
  const request = (_operation: string, _params: unknown, { signal, cancelMs }: RequestOptions<"unload">) =>
    new Promise((resolve) => {
      expect(cancelMs).toBe(0);
      signal?.addEventListener("abort", () => resolve({ outcome: "cancelled", value: null }));
    });
  const held = new HeldModel({ generation: 1, request } as never, 10);
  held.set({ key: "nano" } as Holding);
  await expect(held.release()).resolves.toBeUndefined();
});
