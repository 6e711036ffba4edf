// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problemOf, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { FileModel, OpenedFile, OpenedLook } from "../../../electron/contract/models.ts";
import { nano } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";

const model: FileModel = {
  ...nano,
  id: "qwen-1a2b3c",
  name: "R1 Distill Qwen 7B",
  source: { kind: "file", path: "/media/reader/models/r1-7b.gguf" },
  builtIn: false,
  owner: "linked",
  quantization: "Q4_K_M",
  sizeBytes: 4.68e9,
  contextLength: 131_072,
};
const file = (id: string, look: OpenedLook, path = `/media/reader/${id}.gguf`): OpenedFile => ({ id, path, look });
const read = file("f1", { state: "read", model, isListed: false }, model.source.path);

async function open(files: OpenedFile[], answers: Parameters<typeof openApp>[1] = {}, hash = "#/chat") {
  const app = openApp(hash, { "models.opened": () => ({ files, isCut: false }), "fit.list": () => [], ...answers });
  const dialog = within(await screen.findByRole("dialog", { name: "Open with R1 Workbench" }));
  return { ...app, dialog };
}

test("the facts of an opened file are shown, no button has the focus, and nothing is done before one is pressed", async () => {
  const { dialog, named } = await open([read]);
  const card = within(dialog.getByRole("listitem", { name: "R1 Distill Qwen 7B" }));
  const facts = card.getAllByRole("definition").map(({ textContent }) => textContent);
  expect(facts).toEqual(
    expect.arrayContaining(["DeepSeek-R1: thinks before it answers", "4.68 GB", "Q4_K_M", "131,072 tokens"]),
  );
  expect(card.getByText("/media/reader/models/r1-7b.gguf")).toBeTruthy();
  expect(document.activeElement?.tagName).not.toBe("BUTTON");
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Enter" });
  fireEvent.keyDown(document.activeElement ?? document.body, { key: " " });
  expect(named("models.addOpened")).toEqual([]);
  expect(named("models.use")).toEqual([]);
  expect(named("models.load")).toEqual([]);
});

test("Import adds the file by its id and leaves it shown; Close forgets it", async () => {
  const { dialog, named, emit } = await open([read], { "models.addOpened": () => model });
  fireEvent.click(dialog.getByRole("button", { name: "Import" }));
  await waitFor(() => expect(named("models.addOpened")).toEqual([{ openedId: "f1" }]));
  act(() =>
    emit("models.openedChanged", {
      files: [{ ...read, look: { state: "read", model, isListed: true } }],
      isCut: false,
    }),
  );
  expect(dialog.getByText("In your models")).toBeTruthy();
  expect(dialog.queryByRole("button", { name: "Import" })).toBeNull();
  expect(dialog.getByRole("button", { name: "Use" })).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(named("models.closeOpened")).toEqual([{ openedIds: ["f1"] }]);
  expect(named("models.use")).toEqual([]);
});

test("Use imports the file, closes it, and uses it in a chat, from any screen", async () => {
  const { dialog, named } = await open([read], { "models.addOpened": () => model }, "#/settings");
  fireEvent.click(dialog.getByRole("button", { name: "Use" }));
  await waitFor(() => expect(named("models.use")).toEqual([{ modelId: model.id }]));
  expect(named("models.addOpened")).toEqual([{ openedId: "f1" }]);
  expect(named("models.closeOpened")).toEqual([{ openedIds: ["f1"] }]);
  await waitFor(() => expect(window.location.hash).toBe("#/chat"));
});

test("a file that is refused while it is imported says why, and is not used", async () => {
  const { dialog, named } = await open([read], {
    "models.addOpened": () => {
      throw new WorkbenchError("model-truncated");
    },
  });
  fireEvent.click(dialog.getByRole("button", { name: "Use" }));
  expect((await dialog.findByRole("alert")).textContent).toMatch(/ends too early/);
  expect(named("models.use")).toEqual([]);
  expect(named("models.closeOpened")).toEqual([]);
});

test("of several files each has its own state; a silent disk can be tried again; that there are more is said", async () => {
  const { dialog, named, emit } = await open([
    read,
    file("f2", { state: "reading" }, "/media/reader/\u202Efugg.slow"),
    file("f3", { state: "refused", problem: problemOf("model-not-gguf", { case: "webPage" }) }),
    file("f4", {
      state: "refused",
      problem: problemOf("model-file-unreadable", { case: "silentDisk", milliseconds: 15_000 }),
    }),
  ]);
  expect(dialog.getAllByRole("listitem")).toHaveLength(4);
  // No name can reorder the text around it.
  expect(dialog.getByRole("listitem", { name: "\uFFFDfugg.slow" }).textContent).toContain("Reading the file…");
  const refused = within(dialog.getByRole("listitem", { name: "f3.gguf" }));
  expect(refused.getByRole("alert").textContent).toMatch(/web page/);
  expect(refused.queryByRole("button")).toBeNull();
  fireEvent.click(within(dialog.getByRole("listitem", { name: "f4.gguf" })).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(named("models.readOpened")).toEqual([{ openedId: "f4" }]));
  act(() => emit("models.openedChanged", { files: [read], isCut: true }));
  expect(dialog.getByText(/More files were opened/)).toBeTruthy();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  await waitFor(() => expect(named("models.closeOpened")).toEqual([{ openedIds: ["f1"] }]));
});

test("a listed file with a problem says so and cannot be used", async () => {
  const broken = { ...model, problems: [problemOf("model-truncated")] };
  const { dialog } = await open([file("f1", { state: "read", model: broken, isListed: true })]);
  expect(dialog.getByRole("alert").textContent).toMatch(/ends too early/);
  expect(dialog.getAllByRole("button").map(({ textContent }) => textContent)).toEqual(["Close"]);
});
