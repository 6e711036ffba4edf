// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Thinking } from "../../../electron/contract/chats.ts";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import { chat } from "./fakeBridge.ts";
import { openChat } from "./openChat.tsx";

test("each setting of a chat names R1’s default, applies as it is typed, and is reset alone", async () => {
  const { emit, named } = openChat({ "models.choices": () => ({ temperature: null, topP: null }) as never });
  fireEvent.click(await screen.findByRole("button", { name: "Settings for this chat" }));
  const described = async (label: string) => {
    const field = await screen.findByRole("textbox", { name: label });
    return document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent;
  };
  expect(await described("Temperature")).toBe("R1’s default: 0.6");
  expect(await described("Top-p")).toBe("R1’s default: 0.95");
  expect(await described("Longest reply, in tokens")).toBe("R1’s default: no limit");
  expect(await described("Seed")).toBe("R1’s default: random");
  expect(await described("Instructions for this chat")).toMatch(/^R1’s default: none/);
  fireEvent.change(screen.getByRole("textbox", { name: "Temperature" }), { target: { value: "0.3" } });
  const changes = (...temperatures: (number | null)[]) =>
    temperatures.map((temperature) => ({ chatId: "c1", replySettings: { temperature } }));
  await waitFor(() => expect(named("chats.configure")).toEqual(changes(0.3)));
  act(() => emit("chats.configured", chat("c1", { replySettings: { ...defaultReplySettings, temperature: 0.3 } })));
  expect(screen.queryByRole("button", { name: /Reset.*Top-p/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /Reset.*Temperature/ }));
  await waitFor(() => expect(named("chats.configure")).toEqual(changes(0.3, null)));
});

test("whether a chat thinks is chosen in a menu or with the keys, and said", async () => {
  const { emit, named } = openChat();
  fireEvent.click(await screen.findByRole("button", { name: "Think: On" }));
  fireEvent.click(await screen.findByRole("menuitemradio", { name: /^Off/ }));
  const chosen = (...ways: Thinking[]) => ways.map((thinking) => ({ chatId: "c1", thinking }));
  await waitFor(() => expect(named("chats.configure")).toEqual(chosen("off")));
  act(() => emit("chats.configured", chat("c1", { thinking: "off" })));
  expect(await screen.findByRole("button", { name: "Think: Off" })).toBeTruthy();
  fireEvent.keyDown(document.body, { key: "T", code: "KeyT", ctrlKey: true, shiftKey: true });
  await waitFor(() => expect(named("chats.configure")).toEqual(chosen("off", "auto")));
});
