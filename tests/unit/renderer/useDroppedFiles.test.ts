// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useDroppedFiles } from "../../../renderer/features/models/useDroppedFiles.ts";

/** Sends the window a drag event as a desktop would. Returns the drop effect. */
function drag(type: "dragenter" | "dragover", effectAllowed: string, types: string[]): string {
  const dataTransfer = { types, effectAllowed, dropEffect: "none" };
  const event = Object.assign(new Event(type, { cancelable: true }), { dataTransfer });
  window.dispatchEvent(event);
  return event.defaultPrevented ? dataTransfer.dropEffect : "refused";
}

test("files are accepted from any source, at each element they enter; nothing else is", () => {
  renderHook(() => useDroppedFiles(() => Promise.resolve()));
  for (const type of ["dragenter", "dragover"] as const) {
    expect(drag(type, "all", ["Files"])).toBe("link");
    expect(drag(type, "copyLink", ["Files"])).toBe("link");
    expect(drag(type, "copy", ["Files"])).toBe("copy");
    // Never a move, because the source would delete its file.
    expect(drag(type, "copyMove", ["Files"])).toBe("copy");
    expect(drag(type, "all", ["text/uri-list"])).toBe("refused");
  }
});

test("text that is dragged is left to the field that it is dropped in", () => {
  const dropped: unknown[] = [];
  renderHook(() => useDroppedFiles(async (files) => void dropped.push(...files)));
  const event = Object.assign(new Event("drop", { cancelable: true }), {
    dataTransfer: { types: ["text/plain"], files: [] },
  });
  window.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
  expect(dropped).toEqual([]);
});
