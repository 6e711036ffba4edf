// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useIdleTurn } from "../../../renderer/features/chats/useIdleTurn.ts";

/** What the window does when it is idle next. */
let requested: (() => void)[] = [];
const idle = (): void => act(() => requested.splice(0).forEach((work) => work()));

beforeEach(() => {
  requested = [];
  vi.stubGlobal("requestIdleCallback", (work: () => void) => requested.push(work));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Waiting({ name, canWait = true }: { name: string; canWait?: boolean }) {
  return useIdleTurn(canWait) ? <button type="button">{name}</button> : null;
}

const shown = (): string[] => screen.queryAllByRole("button").map(({ textContent }) => textContent);

test("what can wait is rendered when the window is idle, a few at a time, the last first", () => {
  render(["a", "b", "c", "d", "e"].map((name) => <Waiting key={name} name={name} />));
  expect(shown()).toEqual([]);
  idle();
  expect(shown()).toEqual(["c", "d", "e"]);
  idle();
  expect(shown()).toEqual(["a", "b", "c", "d", "e"]);
  expect(requested).toEqual([]);
});

test("what cannot wait is rendered at once, also when that changes", () => {
  const { rerender } = render(<Waiting name="a" canWait={false} />);
  expect(shown()).toEqual(["a"]);
  rerender(<Waiting name="a" />);
  expect(shown()).toEqual(["a"]);
  rerender(
    <>
      <Waiting key="a" name="a" />
      <Waiting key="b" name="b" />
    </>,
  );
  expect(shown()).not.toContain("b");
  rerender(<Waiting key="b" name="b" canWait={false} />);
  expect(shown()).toEqual(["b"]);
  idle();
});

test("what is gone meanwhile takes no turn", () => {
  const { rerender } = render(<Waiting name="a" />);
  rerender(<p />);
  expect(requested).toHaveLength(1);
  idle();
  expect(requested).toEqual([]);
  rerender(<Waiting name="b" />);
  idle();
  expect(shown()).toEqual(["b"]);
});
