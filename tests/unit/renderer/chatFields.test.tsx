// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChatSettingField } from "../../../renderer/features/chats/ChatSettingField.tsx";
import { ChatSettings } from "../../../renderer/features/chats/ChatSettings.tsx";
import { RenameField } from "../../../renderer/features/chats/RenameField.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { chat, fakeBridge, page, summary, whole } from "./fakeBridge.ts";

vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));
beforeEach(() => {
  window.location.hash = "#/chat/c1";
});
afterEach(cleanup);

test("leaving a title that was not changed here does not undo what another window has called the chat", () => {
  const onDone = vi.fn();
  const { rerender } = render(<RenameField title="Sums" onDone={onDone} />);
  rerender(<RenameField title="Additions" onDone={onDone} />);
  fireEvent.blur(screen.getByRole("textbox", { name: "Title" }));
  expect(onDone.mock.calls).toEqual([[null]]);
});

test("a number that another window changes is shown, and one that is being typed here stays", () => {
  const onChange = vi.fn();
  const field = (value: number | null) => (
    <ChatSettingField label="Seed" value={value} min={0} max={9} open="random" byDefault="" onChange={onChange} />
  );
  const { rerender } = render(field(1));
  const input = screen.getByRole<HTMLInputElement>("textbox", { name: "Seed" });
  rerender(field(7));
  expect(input.value).toBe("7");
  fireEvent.change(input, { target: { value: "3," } });
  rerender(field(3));
  expect(input.value).toBe("3,");
  rerender(field(null));
  expect(input.value).toBe("");
});

test("instructions are saved as they are typed; another window's are shown, and words of both stay", async () => {
  let systemPrompt = "Be brief.";
  const fake = fakeBridge({
    "chats.list": () => page([summary("c1")]),
    "chats.open": () => ({ chat: chat("c1", { systemPrompt }), messages: [], ...whole }),
    "chats.configure": (change) => chat("c1", { systemPrompt: (systemPrompt = change.systemPrompt ?? systemPrompt) }),
    "models.choices": () => null as never,
  });
  const stores = createStores(openDoor(fake.bridge));
  stores.conversation.getState().open("c1");
  render(
    <StoresContext value={stores}>
      <ChatSettings />
    </StoresContext>,
  );
  await waitFor(() => expect(stores.conversation.getState().conversation?.state).toBe("ready"));
  fireEvent.click(screen.getByRole("button", { name: "Settings for this chat" }));
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Instructions for this chat" });
  expect(field.value).toBe("Be brief.");
  act(() => fake.emit("chats.configured", chat("c1", { systemPrompt: "Be kind." })));
  expect(field.value).toBe("Be kind.");
  fireEvent.blur(field);
  expect(fake.named("chats.configure")).toEqual([]);

  fireEvent.input(field, { target: { value: "Be kind. Use few words." } });
  act(() => fake.emit("chats.configured", chat("c1", { systemPrompt: "Always be kind." })));
  expect(field.value).toBe("Always be kind. Use few words.");
  await waitFor(() =>
    expect(fake.named("chats.configure")).toEqual([{ chatId: "c1", systemPrompt: "Always be kind. Use few words." }]),
  );
});
