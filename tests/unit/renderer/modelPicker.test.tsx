// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import { chat, nano, settings, whole } from "./fakeBridge.ts";
import { conversation, openChat } from "./openChat.tsx";
import { sampleFamily } from "./sampleFamily.ts";

test("the picker shows a load in per cent, and cancels it; a broken file says why it cannot be chosen", async () => {
  const broken = { ...nano, id: "b", name: "broken", builtIn: false };
  const { named } = openChat({
    "models.list": () => [nano, { ...broken, problems: [problemOf("model-truncated", { case: "header" })] }],
    "models.loaded": () => ({ state: "loading", modelId: "r1-nano", name: "R1 Nano", fraction: 0.43 }),
  });
  const bar = await screen.findByRole<HTMLProgressElement>("progressbar", { name: "Loading R1 Nano" });
  expect(bar.value).toBe(43);
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(named("models.cancelLoad")).toHaveLength(1));
  fireEvent.click(screen.getByRole("combobox", { name: "Model" }));
  const item = await screen.findByRole("menuitem", { name: /ends inside its header/ });
  expect(item.getAttribute("aria-disabled")).toBe("true");
  expect(await screen.findByRole("menuitem", { name: /^Open a GGUF file…/ })).toBeTruthy();
});

test("in the picker, the model of this chat is ticked, and the one for new chats has a badge", async () => {
  openChat({
    "chats.open": () => ({ chat: chat("c1", { modelId: "o" }), messages: conversation, ...whole }),
    "models.list": () => [nano, { ...nano, id: "o", name: "Other", builtIn: false }],
    "settings.get": () => ({ ...settings, defaultModelId: "r1-nano" }),
  });
  fireEvent.click(await screen.findByRole("combobox", { name: "Model" }));
  const other = within(await screen.findByRole("menuitem", { name: /Other/ }));
  const byDefault = within(screen.getByRole("menuitem", { name: /R1 Nano.*Default/ }));
  expect(other.getByLabelText("used in this chat")).toBeTruthy();
  expect(other.queryByText("Default")).toBeNull();
  expect(byDefault.queryByLabelText("used in this chat")).toBeNull();
  expect(byDefault.getByText("Default")).toBeTruthy();
});

test("in the picker, models of the same name are distinguished by their files", async () => {
  const twin = { ...nano, id: "t", source: { kind: "file" as const, path: "/models/copied.gguf" }, builtIn: false };
  openChat({
    "models.list": () => [
      nano,
      twin,
      { ...twin, id: "o", name: "Other", source: { kind: "file", path: "/models/other.gguf" } },
    ],
  });
  fireEvent.click(await screen.findByRole("combobox", { name: "Model" }));
  expect(await screen.findByRole("menuitem", { name: /R1 Nano.*copied\.gguf/ })).toBeTruthy();
  expect(screen.getByRole("menuitem", { name: /Other/ }).textContent).not.toContain("other.gguf");
});

test("if the chosen model is not on this machine, it is said which one answers, before a message is sent", async () => {
  const gone = { id: "gone", name: "R1 Distill Qwen 7B" };
  const answered = conversation.map((each) => (each.role === "assistant" ? { ...each, model: gone } : each));
  const { emit, answers } = openChat({
    "chats.open": () => ({ chat: chat("c1", { modelId: "gone" }), messages: answered, ...whole }),
  });
  const words =
    "The model of this chat, “R1 Distill Qwen 7B”, is not on this machine now. R1 Nano answers in its place.";
  expect((await screen.findByText(/is not on this machine now/)).textContent).toBe(words);
  // Its disk is there again.
  answers["models.list"] = () => [nano, { ...nano, ...gone, builtIn: false }];
  act(() => emit("models.changed", {}));
  await waitFor(() => expect(screen.queryByText(/is not on this machine now/)).toBeNull());
});

test("the same is said of the model for new chats, and nothing while a chosen model is there", async () => {
  openChat({ "settings.get": () => ({ ...settings, defaultModelId: "gone" }) }, "#/chat");
  expect((await screen.findByText(/is not on this machine now/)).textContent).toBe(
    "The model for new chats, “gone”, is not on this machine now. R1 Nano answers in its place.",
  );
});

test("a model of the catalogue that is not here is named as it was offered", async () => {
  openChat(
    {
      "settings.get": () => ({ ...settings, defaultModelId: "deepseek-r1-seven-q4_k_m" }),
      "catalog.get": () => ({
        models: [sampleFamily("seven", { name: "R1-Seven" }, { modelId: "deepseek-r1-seven-q4_k_m" })],
        recommended: null,
        memoryBytes: 16e9,
        usableBytes: 14e9,
      }),
    },
    "#/chat",
  );
  // The empty chat reads the catalogue.
  await waitFor(() =>
    expect(screen.getByText(/is not on this machine now/).textContent).toBe(
      "The model for new chats, “R1-Seven”, is not on this machine now. R1 Nano answers in its place.",
    ),
  );
});

test("typing filters the picker by name, quantization and file; Enter chooses the first match, and one can get another", async () => {
  const at = (path: string) => ({ kind: "file" as const, path });
  const other = { ...nano, builtIn: false };
  const { named } = openChat({
    "models.list": () => [
      nano,
      { ...other, id: "seven", name: "Seven", quantization: "Q4_K_M", source: at("/models/seven.gguf") },
      { ...other, id: "eight", name: "Eight", quantization: "Q4_K_M", source: at("/models/from-a-friend.gguf") },
    ],
  });
  const picker = await screen.findByRole("combobox", { name: "Model" });
  fireEvent.click(picker);
  await screen.findByRole("menuitem", { name: /Seven/ });
  const type = (words: string) => {
    for (const key of words) fireEvent.keyDown(document.activeElement ?? document.body, { key });
  };
  const models = () =>
    within(screen.getByRole("menu"))
      .getAllByRole("menuitem")
      .map(({ textContent }) => /Seven|Eight|Nano/.exec(textContent)?.[0])
      .filter(Boolean);
  screen.getByRole("menu").focus();
  type("q4_k");
  await waitFor(() => expect(models()).toEqual(["Seven", "Eight"]));
  type(" friend");
  await waitFor(() => expect(models()).toEqual(["Eight"]));
  expect(screen.getByRole("menuitem", { name: /Get another model/ })).toBeTruthy();
  type("s");
  await screen.findByText(/No model/);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Backspace" });
  const first = await screen.findByRole("menuitem", { name: /Eight/ });
  await waitFor(() => expect(document.activeElement).toBe(first));
  fireEvent.keyDown(first, { key: "Enter" });
  await waitFor(() => expect(named("chats.configure")).toEqual([expect.objectContaining({ modelId: "eight" })]));
});
