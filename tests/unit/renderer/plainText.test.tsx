// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PlainText } from "../../../renderer/features/chats/PlainText.tsx";
import { appendText, growingText } from "../../../renderer/stores/growingText.ts";

afterEach(cleanup);

const line = `${"A line of text. ".repeat(5)}\n`;

test("a long text is rendered in groups of pieces; while it grows, rendered pieces stay", () => {
  let text = growingText(line.repeat(3_000));
  const { container, rerender } = render(<PlainText text={text} />);
  const groups = Array.from(container.children);
  expect(groups.length).toBeGreaterThan(2);
  for (const group of groups.slice(0, -1)) {
    expect(group.className).toBe("text-pieces is-far");
    expect(group.children).toHaveLength(16);
  }
  expect(groups.at(-1)?.className).toBe("text-pieces");
  const pieces = Array.from(container.querySelectorAll(".text-piece"));

  for (let more = 0; more < 500; more++) text = appendText(text, line);
  rerender(<PlainText text={text} />);
  expect(container.textContent).toBe(line.repeat(3_500));
  const now = Array.from(container.querySelectorAll(".text-piece"));
  expect(now.length).toBeGreaterThan(pieces.length);
  for (const [index, piece] of pieces.entries()) expect(now[index]).toBe(piece);
});

test("from a given position, only the text after it is shown", () => {
  const text = growingText(line.repeat(3_000));
  const { container } = render(<PlainText text={text} from={100_000} />);
  expect(container.textContent).toBe(line.repeat(3_000).slice(100_000));
});
