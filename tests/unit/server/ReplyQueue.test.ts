import { expect, test } from "vitest";
import { ReplyQueue } from "../../../electron/server/ReplyQueue.ts";

test("eight wait, however many have begun; the next one is told when to come again", () => {
  const queue = new ReplyQueue();
  const running = queue.enter();
  running.begin();
  const waiting = Array.from({ length: 8 }, () => queue.enter());
  expect(() => queue.enter()).toThrow(
    expect.objectContaining({ status: 429, headers: { "retry-after": expect.stringMatching(/^\d+$/) as string } }),
  );
  running.leave();
  expect(() => queue.enter()).toThrow();
  waiting[0]?.begin();
  queue.enter();
  expect(() => queue.enter()).toThrow();
});

test("if all count, eight are answered at once, and a place is free when one has ended", () => {
  const queue = new ReplyQueue("all");
  const places = Array.from({ length: 8 }, () => queue.enter());
  for (const place of places) place.begin();
  expect(() => queue.enter()).toThrow(expect.objectContaining({ status: 429 }));
  places[0]?.leave();
  places[0]?.leave();
  queue.enter();
  expect(() => queue.enter()).toThrow();
});

test("a place is free once, however it was left", () => {
  const queue = new ReplyQueue();
  const places = Array.from({ length: 8 }, () => queue.enter());
  places[0]?.leave();
  places[0]?.leave();
  places[0]?.begin();
  queue.enter();
  expect(() => queue.enter()).toThrow();
});
