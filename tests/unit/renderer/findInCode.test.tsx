// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, expect, test } from "vitest";
import { FindInCode } from "../../../renderer/features/preview/FindInCode.tsx";

afterEach(cleanup);

test("Enter selects the next place, and Esc goes to it and stops no reply", () => {
  const field = createRef<HTMLTextAreaElement>();
  render(
    <>
      <FindInCode field={field} />
      <textarea ref={field} defaultValue="one two one" />
    </>,
  );
  const search = screen.getByRole("textbox", { name: "Find" });
  fireEvent.change(search, { target: { value: "one" } });
  field.current?.setSelectionRange(0, 0);
  const place = (): unknown => [field.current?.selectionStart, field.current?.selectionEnd];
  fireEvent.keyDown(search, { key: "Enter" });
  fireEvent.keyDown(search, { key: "Enter" });
  expect(place()).toEqual([8, 11]);
  fireEvent.keyDown(search, { key: "Enter", shiftKey: true });
  expect(place()).toEqual([0, 3]);
  expect(fireEvent.keyDown(search, { key: "Escape" })).toBe(false);
  expect(document.activeElement).toBe(field.current);
});
