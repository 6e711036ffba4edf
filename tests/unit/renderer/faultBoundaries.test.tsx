// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../../../renderer/app/App.tsx";
import { AppFailure } from "../../../renderer/app/AppFailure.tsx";
import { FaultBoundary } from "../../../renderer/parts/FaultBoundary.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { chat, fakeBridge, message, page, reply, summary, whole } from "./fakeBridge.ts";

vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
  // React logs to the console what a boundary caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  window.location.hash = "";
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Throws when it is read, like an unexpected value. */
function broken(): never {
  throw new TypeError("Cannot read properties of undefined (reading 'length')");
}

function open(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge({ "chats.list": () => page([summary("c1", { title: "Sums" })]), ...answers });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <App />
    </StoresContext>,
  );
  return fake;
}

const id = /Error id: [2-9A-Z]{4}-[2-9A-Z]{4}\./;

test("a message that cannot be rendered is shown as plain text; the others are not affected", async () => {
  window.location.hash = "#/chat/c1";
  const bad = reply("a1", { parentId: "u1", text: "It is **42**.", thought: "7 + 5" });
  Object.defineProperty(bad.version, "count", { get: broken });
  const good = reply("a2", { parentId: "u2", text: "It is 43." });
  const fake = open({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1", { text: "17 + 25?" }), bad, message("u2", { text: "And 26?" }), good],
      ...whole,
    }),
  });
  const articles = await screen.findAllByRole("article");
  expect(articles).toHaveLength(4);
  const [, plain, , other] = articles;
  if (plain === undefined || other === undefined) throw new Error("Messages are missing.");
  expect(within(plain).getByTestId("answer").textContent).toBe("It is **42**.");
  expect(within(plain).getByTestId("thought").textContent).toBe("7 + 5");
  const alert = within(plain).getByRole("alert").textContent;
  expect(alert).toContain("This message could not be displayed");
  expect(alert).toMatch(id);
  expect(alert).not.toContain("TypeError");
  expect(within(other).queryByRole("alert")).toBeNull();
  expect(await screen.findByRole("textbox", { name: "Message" })).toBeTruthy();
  expect(fake.named("shell.logFault")).toEqual([
    { faultId: expect.any(String), text: expect.stringContaining("reading 'length'") },
  ]);
});

test("if the list of chats cannot be rendered, the screens stay usable, and it can be tried again", async () => {
  const bad = summary("c1");
  let isBroken = true;
  Object.defineProperty(bad, "updatedAt", { get: () => (isBroken ? broken() : 1) });
  open({ "chats.list": () => page([bad]) });
  const alert = await screen.findByText(/This part of the window could not be displayed/);
  expect(alert.textContent).toMatch(id);
  expect(screen.getByRole("link", { name: "Settings" })).toBeTruthy();
  expect(await screen.findByRole("textbox", { name: "Message" })).toBeTruthy();
  isBroken = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(screen.queryByText(/could not be displayed/)).toBeNull();
});

test("around the app: a window that cannot be rendered says so, and that the chats are safe", async () => {
  const logged: string[] = [];
  const log = (text: string): string => {
    logged.push(text);
    return "K7QF-2M9X";
  };
  function Broken() {
    return broken();
  }
  render(
    <FaultBoundary
      logFault={log}
      fallback={(faultId, tryAgain) => <AppFailure faultId={faultId} tryAgain={tryAgain} />}
    >
      <Broken />
    </FaultBoundary>,
  );
  const alert = screen.getByRole("alert").textContent;
  expect(alert).toContain("The window could not be displayed. Error id: K7QF-2M9X.");
  expect(alert).toContain("Your chats are safe.");
  expect(screen.getByRole("button", { name: "Load again" })).toBeTruthy();
  expect(logged).toEqual([expect.stringContaining("Drawn in:")]);
});

test("a chat with which the window crashed is plain text, and shown as usual on request", async () => {
  window.location.hash = "#/chat/c1";
  let isPlain = true;
  const answer = "It is **42**, or \\(\\sqrt{1764}\\).";
  const fake = open({
    "chats.open": () => ({
      chat: chat("c1", { isPlain }),
      messages: [message("u1", { text: "17 + 25?" }), reply("a1", { text: answer, thought: "7 + 5" })],
      ...whole,
    }),
    "chats.showAsUsual": () => {
      isPlain = false;
      return chat("c1", { isPlain });
    },
  });
  expect((await screen.findByTestId("answer")).textContent).toBe(answer);
  expect(screen.getByRole("article", { name: "You" }).textContent).toContain("17 + 25?");
  expect(screen.queryByRole("button", { name: "Regenerate" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Copy chat" }));
  await waitFor(() => expect(fake.named("shell.copyText")).toHaveLength(1));
  expect(fake.named("shell.copyText")).toEqual([{ text: `You:\n\n17 + 25?\n\n\nR1 Nano:\n\n7 + 5\n\n${answer}` }]);
  fireEvent.click(screen.getByRole("button", { name: "Return to the usual view" }));
  expect(await screen.findByRole("button", { name: "Regenerate" })).toBeTruthy();
});
