// First, because it must be in place before KaTeX is loaded.
import "./standardsMode.ts";
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { texts } from "../../../renderer/texts.ts";
import { installAnswerPage } from "./answerPage.ts";
import { chat, type fakeBridge, message, page, reply, stats, summary, whole } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";

beforeEach(() => {
  installAnswerPage();
  window.location.hash = "";
});
afterEach(() => texts.choose("en"));

/** A question with its reply. */
export const conversation = [
  message("u1", { text: "What is 17 + 25?" }),
  reply("a1", { parentId: "u1", text: "It is **42**.", thought: "7 + 5 = 12, carry 1.", stats }),
];

/** Opens the window at a chat. A test file that imports it is cleaned up. */
export function openChat(answers: Parameters<typeof fakeBridge>[0] = {}, hash = "#/chat/c1") {
  return openApp(hash, {
    "chats.list": () => page([summary("c1", { title: "Sums" })]),
    "chats.open": () => ({ chat: chat("c1", { title: "Sums" }), messages: conversation, ...whole }),
    ...answers,
  });
}

export const composer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message" });

/** Shows another screen or chat. */
export async function goTo(hash: string): Promise<void> {
  await act(async () => {
    window.location.hash = hash;
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });
}
