// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { begun, chat, type fakeBridge, message, whole } from "./fakeBridge.ts";
import { composer, conversation, goTo, openChat } from "./openChat.tsx";

test("Enter sends, Shift+Enter and composition do not", async () => {
  const { named } = openChat({ "chats.send": () => begun("r9", "u2") });
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
  expect(named("chats.send")).toEqual([]);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(field.value).toBe(""));
  expect(named("chats.send")).toMatchObject([{ chatId: "c1", text: "And 2 + 2?" }]);
});

test("a refused message stays in the field, with an alert that says what to do", async () => {
  openChat({
    "chats.send": () => {
      throw new WorkbenchError("disk-full");
    },
  });
  const field = await composer();
  fireEvent.input(field, { target: { value: "dear words" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The disk is full.");
  expect(alert.textContent).toContain("What you typed is still here.");
  expect(field.value).toBe("dear words");
});

test("Edit puts the question back into the field; Cancel restores the draft", async () => {
  const { named } = openChat({
    "chats.open": () => ({ chat: chat("c1", { draft: "half a thought" }), messages: conversation, ...whole }),
    "chats.edit": () => begun("r2", "u1b"),
  });
  expect((await composer()).value).toBe("half a thought");
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  expect((await composer()).value).toBe("What is 17 + 25?");
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect((await composer()).value).toBe("half a thought");
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  fireEvent.input(await composer(), { target: { value: "What is 17 + 26?" } });
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(named("chats.edit")).toEqual([{ messageId: "u1", text: "What is 17 + 26?" }]));
  await waitFor(async () => expect((await composer()).value).toBe("half a thought"));
});

test("an edit in progress is kept while Settings or another chat is shown, until it is cancelled", async () => {
  openChat({
    "chats.open": ({ chatId }) =>
      chatId === "c1"
        ? { chat: chat("c1", { draft: "half a thought" }), messages: conversation, ...whole }
        : { chat: chat("c2", { title: "Other" }), messages: [message("u2", { chatId: "c2" })], ...whole },
  });
  await composer();
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  fireEvent.input(await composer(), { target: { value: "What is 17 + 26?" } });
  await goTo("#/settings");
  await screen.findByRole("heading", { level: 1, name: "Settings" });
  await goTo("#/chat/c1");
  expect((await composer()).value).toBe("What is 17 + 26?");
  fireEvent.input(await composer(), { target: { value: "What is 17 + 27?" } });
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("What is 17 + 27?"));
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect((await composer()).value).toBe("half a thought");
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("half a thought"));
});

test("an edit is dropped if its message is gone when the chat is opened again", async () => {
  let messages: Message[] = conversation;
  const { stores } = openChat({ "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages, ...whole }) });
  await composer();
  fireEvent.click(within(screen.getByRole("article", { name: "You" })).getByRole("button", { name: "Edit" }));
  await goTo("#/chat/c2");
  messages = [message("u9", { text: "Another branch" })];
  await goTo("#/chat/c1");
  await screen.findByText("Another branch");
  expect(stores.composer.getState().editing).toBeNull();
  expect((await composer()).value).toBe("");
});

test("a draft that another window has changed is shown when the chat is opened again", async () => {
  let draft = "";
  const { named } = openChat({
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId, { draft: chatId === "c1" ? draft : "" }),
      messages: [],
      ...whole,
    }),
  });
  fireEvent.input(await composer(), { target: { value: "from here" } });
  await goTo("#/chat/c2");
  await waitFor(() => expect(named("chats.saveDraft")).toHaveLength(1));
  await waitFor(async () => expect((await composer()).value).toBe(""));
  draft = "from the other window";
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("from the other window"));
});

test("a draft that could not be saved is still there when the chat is opened again", async () => {
  const { named } = openChat({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [], ...whole }),
    "chats.saveDraft": () => {
      throw new WorkbenchError("disk-full");
    },
  });
  fireEvent.input(await composer(), { target: { value: "dear words" } });
  await goTo("#/chat/c2");
  await waitFor(async () => expect((await composer()).value).toBe(""));
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("dear words"));
  fireEvent.input(await composer(), { target: { value: "dearer words" } });
  fireEvent.blur(await composer());
  // Main has no pasted texts of it yet, so they are not left out.
  await waitFor(() =>
    expect(named("chats.saveDraft")[1]).toMatchObject({ chatId: "c1", draft: "dearer words", pasted: [] }),
  );
});

test("a long text that is pasted becomes a chip, is part of the message, and can be put into the field", async () => {
  const { named } = openChat({ "chats.send": () => begun("r1", "u2") });
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  const paste = (text: string): boolean =>
    fireEvent.paste(field, { clipboardData: { getData: () => text, files: [], types: ["text/plain"] } });
  // A short text is left to the field.
  expect(paste("short")).toBe(true);
  const send = screen.getByRole<HTMLButtonElement>("button", { name: "Send" });
  expect(send.disabled).toBe(true);
  const long = "word\r\n".repeat(1000);
  expect(paste(long)).toBe(false);
  const chip = () => screen.queryByRole("list", { name: "Pasted texts" });
  expect(chip()?.textContent).toBe("Pasted text 5 kB · about 1,300 tokens");
  expect(send.disabled).toBe(false);
  expect(field.value).toBe("");
  fireEvent.click(screen.getByRole("button", { name: "Remove: Pasted text" }));
  expect(chip()).toBeNull();
  // Main would refuse it, so it is not even kept as a draft.
  paste("x".repeat(4_000_001));
  expect(chip()).toBeNull();
  expect(screen.getByText(/^This text is too long/)).toBeTruthy();
  // With what is typed, it is too long only when it is sent.
  paste("x".repeat(3_999_999));
  field.value = "Summarise this";
  fireEvent.keyDown(field, { key: "Enter" });
  expect(await screen.findByText(/^This text is too long/)).toBeTruthy();
  expect(named("chats.send")).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Remove: Pasted text" }));
  paste(long);
  field.value = "Summarise this";
  fireEvent.input(field);
  fireEvent.keyDown(field, { key: "Enter" });
  const text = `Summarise this\n\n${long.replaceAll("\r\n", "\n")}`;
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c1", text }]));
  await waitFor(() => expect(chip()).toBeNull());
  paste(long);
  fireEvent.click(screen.getByRole("button", { name: "Put into the message: Pasted text" }));
  expect(field.value).toBe(long.replaceAll("\r\n", "\n"));
  expect(chip()).toBeNull();
});

test("a GGUF file dropped on a chat is opened; another file is attached to the message", async () => {
  const { importing, attached, named } = openChat();
  await composer();
  const drop = (...names: string[]): void => {
    const dataTransfer = { types: ["Files"], files: names.map((name) => new File([], name)) };
    act(() => void window.dispatchEvent(Object.assign(new Event("drop", { cancelable: true }), { dataTransfer })));
  };
  drop("notes.txt");
  await waitFor(() => expect(attached).toEqual([{ names: ["notes.txt"], chatId: "c1" }]));
  expect(importing.asked).toEqual([]);
  drop("model.GGUF");
  await waitFor(() => expect(importing.asked).toEqual(["model.GGUF"]));
  expect(named("chats.configure")).toEqual([]);
  expect(named("models.use")).toEqual([]);
  expect(attached).toHaveLength(1);
});

test("what was just typed is saved as the draft when the screen is unmounted", async () => {
  const { named } = openChat();
  fireEvent.input(await composer(), { target: { value: "half a thought" } });
  expect(named("chats.saveDraft")).toEqual([]);
  // As when the window can no longer be rendered: the field does not lose the focus before it is removed.
  cleanup();
  await waitFor(() =>
    expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "half a thought", before: { draft: "" } }]),
  );
});

test("a message of only spaces creates no chat", async () => {
  const { named } = openChat({}, "#/chat");
  const field = await composer();
  fireEvent.input(field, { target: { value: "   " } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect((await screen.findByRole("alert")).textContent).toContain("The message is empty.");
  expect(named("chats.create")).toEqual([]);
});

const press = (button: HTMLElement): void => {
  button.focus();
  fireEvent.click(button);
};

test("the focus is not lost with the pressed button: sending", async () => {
  const { named } = openChat({ "chats.send": () => begun("r9", "u2") });
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  press(screen.getByRole("button", { name: "Send" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.send")).toHaveLength(1));
});

test("the focus is not lost with the pressed button: regenerating, deleting, undoing", async () => {
  const { named, stores } = openChat({ "chats.regenerate": () => begun("r8", "u1") });
  const field = await composer();
  press(await screen.findByRole("button", { name: "Regenerate" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.regenerate")).toHaveLength(1));

  await act(() => stores.chatList.getState().remove(["c2"]));
  press(screen.getByRole("button", { name: "Undo" }));
  expect(document.activeElement).toBe(field);
  await waitFor(() => expect(named("chats.restore")).toEqual([{ chatIds: ["c2"] }]));
});

/** Opens the window at a chat that has not been read yet, as at a start. `read` ends that. */
function openUnread(more: Partial<ReturnType<typeof chat>>, answers: Parameters<typeof fakeBridge>[0] = {}) {
  let read: () => void = () => undefined;
  const reading = new Promise<void>((resolve) => (read = resolve));
  const opened = openChat({
    "chats.open": async () => {
      await reading;
      return { chat: chat("c1", { title: "Sums", ...more }), messages: conversation, ...whole };
    },
    "chats.send": () => begun("r9", "u2"),
    ...answers,
  });
  return { ...opened, read: () => act(async () => read()) };
}

test("what is typed before the chat is read follows the draft that comes with it, and nothing is saved over that", async () => {
  const { read, named } = openUnread({ draft: "Half a thou", pasted: ["a long text"] });
  const field = await composer();
  expect(document.activeElement).toBe(field);
  // The stored draft begins with it too: it is no echo of that.
  fireEvent.input(field, { target: { value: "Half" } });
  fireEvent.blur(field);
  expect(named("chats.saveDraft")).toEqual([]);
  await read();
  expect(field.value).toBe("Half a thouHalf");
  expect(field.selectionStart).toBe(field.value.length);
  await screen.findByText("Pasted text", { exact: false });
  const before = { draft: "Half a thou" };
  await waitFor(() => {
    expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "Half a thouHalf", before }]);
  });
});

test("a message that is sent before the chat is read goes once it is, to that chat", async () => {
  const { read, named } = openUnread({});
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await screen.findByText("Sent as soon as this chat has been read.");
  expect(named("chats.send")).toEqual([]);
  await read();
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ chatId: "c1", text: "And 2 + 2?" }]));
  await waitFor(() => expect(field.value).toBe(""));
});

test("a message that a draft has joined is not sent until the user has seen it", async () => {
  const { read, named } = openUnread({ draft: "Dear diary, " });
  const field = await composer();
  fireEvent.input(field, { target: { value: "what is 2 + 2?" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await read();
  expect(field.value).toBe("Dear diary, what is 2 + 2?");
  await screen.findByText(/already had a draft, so nothing was sent/);
  expect(named("chats.send")).toEqual([]);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(named("chats.send")).toMatchObject([{ text: "Dear diary, what is 2 + 2?" }]));
});

test("what was changed after Enter, before the chat was read, is not sent", async () => {
  const { read, named } = openUnread({});
  const field = await composer();
  fireEvent.input(field, { target: { value: "And 2 + 2?" } });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.input(field, { target: { value: "And 2 + 23" } });
  await read();
  expect(field.value).toBe("And 2 + 23");
  expect(named("chats.send")).toEqual([]);
});

test("text that an input method composes while the chat is read is left alone until it is accepted", async () => {
  const { read } = openUnread({ draft: "你好，" });
  const field = await composer();
  fireEvent.compositionStart(field);
  fireEvent.input(field, { target: { value: "shi" } });
  await read();
  expect(field.value).toBe("shi");
  fireEvent.input(field, { target: { value: "世界" } });
  fireEvent.compositionEnd(field);
  expect(field.value).toBe("你好，世界");
});

test("an unfinished edit does not replace what is being typed; it is there when the chat is opened again", async () => {
  const { read } = openUnread({ edit: { messageId: "u1", text: "What is 17 + 26?" } });
  fireEvent.input(await composer(), { target: { value: "Another thing" } });
  await read();
  expect((await composer()).value).toBe("Another thing");
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  await goTo("#/chat");
  await goTo("#/chat/c1");
  await waitFor(async () => expect((await composer()).value).toBe("What is 17 + 26?"));
});

test("an unfinished edit of a reply far above says that it changes an answer, also when the chat is opened again", async () => {
  const edit = { messageId: "a1", text: "It is 43." };
  const { named } = openChat({
    "chats.open": ({ near }) => ({
      chat: chat("c1", { title: "Sums", edit }),
      messages: near === "a1" ? conversation : [message("u9", { parentId: "a8" })],
      earlier: "u9",
      later: null,
    }),
  });
  expect(await screen.findByText(/^You are editing an answer/)).toBeTruthy();
  expect((await composer()).value).toBe("It is 43.");
  expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
  await goTo("#/chat");
  expect(screen.queryByText(/^You are editing/)).toBeNull();
  await goTo("#/chat/c1");
  expect(await screen.findByText(/^You are editing an answer/)).toBeTruthy();
  expect(named("chats.open").filter((input) => (input as { near: unknown }).near === "a1")).toHaveLength(1);
});

test("what was typed in a chat that turns out to be gone is the draft of the next new chat", async () => {
  const gone = () => {
    throw new WorkbenchError("chat-not-found");
  };
  let fail: () => void = () => undefined;
  const failing = new Promise<void>((resolve) => (fail = resolve));
  const { named } = openChat({
    "chats.newDraft": () => ({ draft: "Kept", pasted: [], beginning: null }),
    "chats.open": () => failing.then(gone),
    "chats.saveDraft": ({ chatId, draft }) => (chatId === null ? { draft } : gone()),
  });
  const field = await composer();
  fireEvent.input(field, { target: { value: "dear words" } });
  await act(async () => fail());
  await waitFor(async () => expect((await composer()).value).toBe("Kept\ndear words"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(named("chats.saveDraft").at(-1)).toEqual({
    chatId: null,
    draft: "Kept\ndear words",
    before: { draft: "Kept" },
  });
});

test("leaving a chat before it is read saves what was typed in it as an addition to its draft", async () => {
  const { named } = openUnread({});
  fireEvent.input(await composer(), { target: { value: "dear words" } });
  await goTo("#/chat");
  expect(named("chats.saveDraft")).toEqual([{ chatId: "c1", draft: "dear words", before: { draft: "" } }]);
});

test("if another window empties the message while it is to be asked several times, the dialog says so", async () => {
  const { emit, named } = openChat();
  const field = await composer();
  fireEvent.input(field, { target: { value: "What is 4 times 6?" } });
  fireEvent.click(screen.getByRole("button", { name: "Ask several times…" }));
  const dialog = await screen.findByRole("dialog", { name: "Ask several times" });
  const ask = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Ask" });
  expect(ask.disabled).toBe(false);
  // What is typed here is saved, and then another window's draft counts.
  await act(async () => field.blur());
  await waitFor(() => expect(named("chats.saveDraft")).toHaveLength(1));
  await act(async () => emit("chats.draftChanged", { chatId: "c1", draft: "", pasted: [] }));
  await waitFor(() => expect(ask.disabled).toBe(true));
  expect(dialog.textContent).toContain("The message is empty now: it was sent or deleted in another window.");
});
