// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useSidebar } from "../../../renderer/app/useSidebar.ts";

test("over the page, the chats close once one is opened, but not while several are selected", () => {
  (window as unknown as { happyDOM: { setViewport(to: { width: number }): void } }).happyDOM.setViewport({
    width: 700,
  });
  document.body.innerHTML = "<aside class='sidebar'><a href='#/chat/1'>one</a></aside>";
  const { result } = renderHook(() => useSidebar());
  act(() => result.current.search());
  expect(result.current.form).toBe("over");
  const link = document.querySelector("a");
  const select = (event: Event): void => event.preventDefault();
  link?.addEventListener("click", select);
  act(() => link?.click());
  expect(result.current.form).toBe("over");
  link?.removeEventListener("click", select);
  act(() => link?.click());
  expect(result.current.form).toBe("rail");
});
