// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Conversation } from "../../../electron/contract/chats.ts";
import { useGradually } from "../../../renderer/features/chats/useGradually.ts";
import { chat, message } from "./fakeBridge.ts";

afterEach(cleanup);

const [one, two, three, four] = ["m1", "m2", "m3", "m4"].map((id) => message(id));
const of = (messages: (typeof one)[], more: Partial<Conversation> = {}): Conversation => ({
  chat: chat("c1"),
  messages: messages.flatMap((each) => each ?? []),
  earlier: null,
  later: null,
  ...more,
});

/** Returns how many messages each rendering had after the change. */
function renderings(before: Conversation, now: Conversation): number[] {
  const rendered: number[] = [];
  function Shown({ conversation }: { conversation: Conversation }) {
    rendered.push(useGradually(conversation).messages.length);
    return null;
  }
  const { rerender } = render(<Shown conversation={before} />);
  rendered.length = 0;
  rerender(<Shown conversation={now} />);
  return [...new Set(rendered)];
}

test("messages that are read further up or down come a moment later", () => {
  expect(renderings(of([three, four], { earlier: "m3" }), of([one, two, three, four]))).toEqual([2, 4]);
  expect(renderings(of([one, two], { later: "m2" }), of([one, two, three, four]))).toEqual([2, 4]);
});

test("a message that was sent, a reply, and another branch are there at once", () => {
  expect(renderings(of([one, two]), of([one, two, three]))).toEqual([3]);
  expect(renderings(of([one, two]), of([one, three, four]))).toEqual([3]);
  expect(renderings(of([one, two, three]), of([one]))).toEqual([1]);
  expect(renderings(of([]), of([one, two]))).toEqual([2]);
});
