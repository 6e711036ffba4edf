// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { App } from "../../../renderer/app/App.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { chat, fakeBridge, message, page, reply, summary, whole } from "./fakeBridge.ts";

vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(async () => {
  await import("../../../renderer/features/models/ModelsScreen.tsx");
  await import("../../../renderer/features/hardware/HardwareScreen.tsx");
  await import("../../../renderer/features/settings/SettingsScreen.tsx");
  await import("../../../renderer/features/benchmark/Benchmark.tsx");
  await import("../../../renderer/features/tune/Tune.tsx");
});

beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Opens the app on a screen, with a chat whose reply is being written. */
async function openWhileWriting() {
  window.location.hash = "#/chat/c1";
  const fake = fakeBridge({
    "chats.list": () => page([summary("c1", { title: "Sums", runId: "r1" })]),
    "chats.open": () => ({
      chat: chat("c1", { runId: "r1" }),
      messages: [message("u1"), reply("a1", { parentId: "u1", text: "", state: "streaming" })],
      ...whole,
    }),
  });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <App />
    </StoresContext>,
  );
  await waitFor(() => expect(fake.followers("r1")).toBe(1));
  return { ...fake, stores };
}

const goTo = async (name: string) => {
  act(() => void (window.location.hash = `#/${name.toLowerCase()}`));
  await screen.findByRole("main", { name });
};
const searchField = () => screen.getByRole("searchbox", { name: "Search chats" });
const leaveField = () => act(() => (document.activeElement as HTMLElement).blur());

test.each(["Models", "Hardware", "Settings"])(
  "on %s, search and a new chat are one key away, and Esc stops no reply",
  async (name) => {
    const { named, stores, followers } = await openWhileWriting();
    await goTo(name);
    fireEvent.keyDown(document.body, { key: "Escape" });
    for (const key of [
      { key: "k", code: "KeyK", ctrlKey: true },
      { key: "K", code: "KeyK", metaKey: true },
      // A Russian keyboard has a different letter there.
      { key: "л", code: "KeyK", ctrlKey: true },
      { key: "/", code: "Slash" },
      // A German one has the slash above the seven.
      { key: "/", code: "Digit7", shiftKey: true },
    ]) {
      leaveField();
      fireEvent.keyDown(document.body, key);
      expect(document.activeElement, JSON.stringify(key)).toBe(searchField());
    }
    expect(named("runs.stop")).toEqual([]);
    expect(followers("r1")).toBe(1);
    fireEvent.keyDown(document.body, { key: "т", code: "KeyN", ctrlKey: true });
    await screen.findByRole("main", { name: "Chat" });
    expect(stores.conversation.getState().openId).toBeNull();
  },
);

test("a slash in a field is typed; Ctrl+Shift+K and Alt+K do nothing", async () => {
  await openWhileWriting();
  const field = await screen.findByRole("textbox", { name: "Message" });
  field.focus();
  // In an empty message, it opens the presets.
  fireEvent.input(field, { target: { value: "1" } });
  fireEvent.keyDown(field, { key: "/", code: "Slash" });
  fireEvent.keyDown(field, { key: "k", code: "KeyK", ctrlKey: true, shiftKey: true });
  fireEvent.keyDown(field, { key: "k", code: "KeyK", ctrlKey: true, altKey: true });
  expect(document.activeElement).toBe(field);
});

test("Ctrl+K in a wide window covers nothing, and the next Esc stops the reply", async () => {
  const { named } = await openWhileWriting();
  fireEvent.keyDown(document.body, { key: "k", code: "KeyK", ctrlKey: true });
  expect(document.querySelector(".sidebar-shade")).toBeNull();
  leaveField();
  fireEvent.keyDown(document.body, { key: "Escape" });
  await waitFor(() => expect(named("runs.stop")).toEqual([{ runId: "r1" }]));
});

test("Chat leads back to the open chat, and does not leave a reply that is being written", async () => {
  const { followers, stores } = await openWhileWriting();
  await goTo("Settings");
  const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Chat" });
  expect(new URL(link.href).hash).toBe("#/chat/c1");
  act(() => void (window.location.hash = new URL(link.href).hash));
  await screen.findByRole("main", { name: "Chat" });
  expect(stores.conversation.getState().openId).toBe("c1");
  expect(followers("r1")).toBe(1);
  expect(screen.getByRole("link", { name: "Chat" }).getAttribute("href")).toBe("#/chat/c1");
});
