// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { App } from "../../../renderer/app/App.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { texts } from "../../../renderer/texts.ts";
import { fakeBridge } from "./fakeBridge.ts";

vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

// Loaded in advance, as the app does when it is idle.
beforeAll(async () => {
  await import("../../../renderer/features/commands/CommandPalette.tsx");
  await import("../../../renderer/features/commands/ShortcutSheet.tsx");
});
beforeEach(() => {
  localStorage.clear();
  window.location.hash = "#/chat";
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open() {
  const stores = createStores(openDoor(fakeBridge().bridge));
  render(
    <StoresContext value={stores}>
      <App />
    </StoresContext>,
  );
  const field = await screen.findByRole("textbox", { name: "Message" });
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  // The window draws no more frames: what happens next needs none.
  vi.stubGlobal("requestAnimationFrame", () => 0);
  field.focus();
  return { stores, field };
}

/** Presses a key where the focus is, and lets nothing but microtasks run. */
async function press(key: string, more: { ctrlKey?: boolean; shiftKey?: boolean } = {}): Promise<void> {
  await act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
    await Promise.resolve();
  });
}
const pressPalette = () => press("P", { ctrlKey: true, shiftKey: true });
const palette = () => screen.queryByRole("dialog", { name: "Command palette" });

test("the palette takes the first letter that is typed, and once it is closed, the next key is the page's", async () => {
  const { field, stores } = await open();
  await pressPalette();
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Search actions and settings" }));
  await press("Escape");
  expect(palette()).toBeNull();
  expect(document.activeElement).toBe(field);

  // Chosen, and opened again with the very next key.
  await pressPalette();
  fireEvent.input(screen.getByRole("combobox", { name: "Search actions and settings" }), {
    target: { value: "dark theme" },
  });
  await press("Enter");
  expect(palette()).toBeNull();
  expect(stores.commands.getState().recent).toEqual(["useDarkTheme"]);
  await pressPalette();
  expect(palette()).not.toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Search actions and settings" }));
});

test("once a dialog that informs is closed, the next key is the page's", async () => {
  const { field } = await open();
  await press("/", { ctrlKey: true });
  expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
  await press("Escape");
  expect(document.activeElement).toBe(field);
  await pressPalette();
  expect(palette()).not.toBeNull();
});

test("the palette that is open speaks a language as soon as that is chosen", async () => {
  await open();
  await pressPalette();
  expect(screen.getByRole("option", { name: "Settings" })).toBeTruthy();
  await act(() => texts.choose("fr"));
  try {
    expect(screen.getByRole("option", { name: "Paramètres" })).toBeTruthy();
  } finally {
    await act(() => texts.choose("en"));
  }
});
