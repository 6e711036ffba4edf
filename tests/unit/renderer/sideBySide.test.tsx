// @vitest-environment happy-dom
import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ComparedAnswer } from "../../../electron/contract/comparisons.ts";
import type { Attachment } from "../../../electron/contract/documents.ts";
import { chat, message, reply, stats, whole } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

const passage: Attachment = {
  id: "t1",
  documentId: "d1",
  name: "Tides.pdf",
  format: "pdf",
  unit: "page",
  parts: 3,
  emptyParts: 0,
  pages: null,
  sizeBytes: 1000,
  chars: 900,
  use: "search",
  passages: [{ number: 1, part: 1, start: 0, length: 10 }],
};
const models = ["R1 Nano", "R1 Twin"];
const versions = ["a1", "a2"];
const answers: ComparedAnswer[] = versions.map((messageId, index) => ({
  model: { id: `m${index}`, name: models[index] ?? "" },
  messageId,
  loadMs: null,
  problem: null,
}));
const written = {
  a1: reply("a1", { parentId: "u1", text: "The moon [1].", stats, version: { index: 1, count: 2, ids: versions } }),
  a2: reply("a2", { parentId: "u1", text: "Also [1].", stats, version: { index: 2, count: 2, ids: versions } }),
};
const column = (name: string) => screen.findByRole("article", { name });
const view = () => screen.queryByRole("region", { name: "Answers side by side" });

/** Opens the answers of two models side by side; the chat shows the first. */
async function open(second = written.a2) {
  const messages = [message("u1", { text: "Why tides?", attachments: [passage] }), written.a1];
  const votes = { questionId: "u1", groups: [], ungrouped: versions, unfinished: [], hasAgreement: false };
  const opened = openChat({
    "chats.open": () => ({ chat: chat("c1"), messages, ...whole }),
    "comparisons.of": () => ({ questionId: "u1", answers, votes, run: null }),
    "chats.message": ({ messageId }) => (messageId === "a2" ? second : written.a1),
  });
  const show = await screen.findByRole("button", { name: "Show side by side" });
  await act(async () => show.click());
  await column("R1 Twin");
  return opened;
}

test("an answer that was stopped before its first token is not called complete", async () => {
  await open({ ...written.a2, text: "", state: "stopped", stats: null });
  expect((await column("R1 Nano")).textContent).toContain("Complete");
  const stopped = await column("R1 Twin");
  await within(stopped).findByText("Stopped by you");
  expect(stopped.textContent).not.toContain("Complete");
});

test("the passages of the question can be opened from each answer", async () => {
  await open();
  for (const model of models) {
    // oxlint-disable-next-line no-await-in-loop
    await within(await column(model)).findByRole("button", { name: /1/ });
  }
});

test("a message that was searched for in the same chat is shown in place of the answers", async () => {
  const { stores } = await open();
  expect(view()).not.toBeNull();
  await act(async () => stores.conversation.getState().open("c1", { messageId: "u1", query: "tides" }));
  await expect.poll(view).toBeNull();
});
