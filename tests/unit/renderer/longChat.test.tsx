// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { MessageList } from "../../../renderer/features/chats/MessageList.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext, useConversation } from "../../../renderer/stores/useStores.ts";
import { installAnswerPage } from "./answerPage.ts";
import { begun, chat, fakeBridge, live, message, reply, stats, whole } from "./fakeBridge.ts";

/** The messages whose buttons were rendered, in turn. */
const rendered = vi.hoisted(() => [] as string[]);
// Each message has a switch of versions among its buttons.
vi.mock("../../../renderer/features/chats/VersionSwitch.tsx", () => ({
  VersionSwitch: ({ version }: Pick<Message, "version">) => {
    rendered.push(...version.ids);
    return null;
  },
}));

beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("requestAnimationFrame", (work: () => void) => setTimeout(work));
  installAnswerPage();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const turns = Array.from({ length: 20 }, (_, index) => [
  message(`q${index}`, index === 0 ? {} : { parentId: `a${index - 1}` }),
  reply(`a${index}`, { parentId: `q${index}`, text: "Yes.", stats }),
]).flat();

function Shown() {
  const conversation = useConversation((state) => state.conversation);
  return conversation?.state === "ready" ? <MessageList conversation={conversation.value} found={null} /> : null;
}

test("the start, the tokens and the end of a reply render no message above it but the reply that was the last", async () => {
  const fake = fakeBridge({ "chats.open": () => ({ chat: chat("c1"), messages: turns, ...whole }) });
  const stores = createStores(openDoor(fake.bridge));
  stores.conversation.getState().open("c1");
  render(
    <StoresContext value={stores}>
      <Shown />
    </StoresContext>,
  );
  expect(await screen.findAllByRole("article")).toHaveLength(40);
  const button = (name: string, at: number): HTMLButtonElement | undefined =>
    screen.getAllByRole<HTMLButtonElement>("button", { name }).at(at);
  expect(button("Edit", 0)?.disabled).toBe(false);

  rendered.length = 0;
  const start = begun("run", "q20", "a19");
  act(() => stores.conversation.getState().start("c1", start));
  expect(rendered.filter((id) => id !== "q20")).toEqual(["a19"]);
  // They are off nevertheless, the new ones too.
  for (const at of [0, -1]) expect(button("Edit", at)?.disabled).toBe(true);
  expect(button("Regenerate", 0)?.disabled).toBe(true);
  expect(button("Copy", 0)?.disabled).toBe(false);

  rendered.length = 0;
  const writing = start.messages.at(-1) as Message;
  const stage = { stage: "answering" } as const;
  const frames = [
    { kind: "snapshot", runId: "run", message: writing, stage, live },
    { kind: "delta", part: "answer", text: "No" },
    { kind: "live", live },
  ] as const;
  for (const frame of frames) {
    await act(async () => {
      fake.send("run", frame);
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
  }
  expect(within(screen.getAllByRole("article").at(-1) as HTMLElement).getByText(/40 in, 301 out/)).toBeTruthy();
  expect(rendered).toEqual([]);

  const message_: Message = { ...writing, text: "No.", state: "done", stats };
  act(() => {
    fake.send("run", { kind: "ended", message: message_ });
    fake.emit("runs.ended", { chatId: "c1", runId: "run", message: message_ });
  });
  expect(new Set(rendered)).toEqual(new Set(["run"]));
  for (const at of [0, -1]) expect(button("Edit", at)?.disabled).toBe(false);
  expect(button("Regenerate", 0)?.disabled).toBe(false);
});
