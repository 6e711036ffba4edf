// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { DrawnDiagram } from "../../../electron/contract/diagrams.ts";
import { chat, message, reply, stats, whole } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

const failed: DrawnDiagram = { state: "failed", reason: "tooSlow" };
const drawn: DrawnDiagram = { state: "drawn", png: new Uint8Array(10), width: 10, height: 10 };

/** Opens a chat with a diagram that could not be drawn, and has it drawn again. Returns what tells its outcome. */
async function drawAgain(): Promise<(result: DrawnDiagram) => Promise<void>> {
  const asked: ((result: DrawnDiagram) => void)[] = [];
  const text = "```mermaid\ngraph TD\nA --> B\n```";
  openChat({
    "chats.open": () => ({
      chat: chat("c1"),
      messages: [message("u1"), reply("a1", { parentId: "u1", text, stats })],
      ...whole,
    }),
    "diagrams.draw": () => new Promise((finish) => asked.push(finish)),
    "diagrams.stop": () => null,
  });
  const finish = async (result: DrawnDiagram): Promise<void> => {
    await expect.poll(() => asked.length).toBe(1);
    await act(async () => asked.pop()?.(result));
  };
  await finish(failed);
  const again = await screen.findByRole("button", { name: "Draw again" });
  again.focus();
  await act(async () => again.click());
  expect(document.activeElement?.tagName).toBe("PRE");
  return finish;
}

test("the keyboard stays at a diagram that is drawn again", async () => {
  const finish = await drawAgain();
  await finish(drawn);
  const code = await screen.findByRole("button", { name: "Show code" });
  expect(document.activeElement).toBe(code);
});

test("a diagram that is drawn again takes no focus from where the keyboard is by then", async () => {
  const finish = await drawAgain();
  const field = screen.getByRole("textbox", { name: "Message" });
  act(() => field.focus());
  await finish(drawn);
  await screen.findByRole("button", { name: "Show code" });
  expect(document.activeElement).toBe(field);
});
