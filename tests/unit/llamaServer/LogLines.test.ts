import { expect, test } from "vitest";
import { LogLines } from "../../../electron/workbench/llamaServer/LogLines.ts";

test("lines are put together from what arrives, without colours, control characters and the key", () => {
  const log = new LogLines("the-key");
  expect(log.add("\u001b[32mload")).toEqual([]);
  expect(log.add("ing\u001b[0m\u0007\r\nkey: the-")).toEqual(["loading"]);
  expect(log.add("key!\n")).toEqual(["key: …!"]);
  expect(log.all()).toEqual(["loading", "key: …!"]);
});

test("neither many lines nor one without an end take more and more memory", () => {
  const log = new LogLines("key");
  for (let line = 0; line < 10_000; line++) log.add(`line ${line}\n`);
  expect(log.all()).toHaveLength(400);
  expect(log.all().at(-1)).toBe("line 9999");
  for (let part = 0; part < 1000; part++) log.add("x".repeat(10_000));
  log.add("\n");
  expect(log.all().at(-1)?.length).toBeLessThanOrEqual(500);
});
