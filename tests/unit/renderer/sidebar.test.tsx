// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { nano, settings } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { smallDownload } from "./sampleDownload.ts";

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(async () => {
  await import("../../../renderer/features/settings/SettingsScreen.tsx");
});
beforeEach(() => localStorage.removeItem("sidebar"));

const own: FileModel = {
  ...nano,
  id: "own",
  name: "Own",
  builtIn: false,
  source: { ...nano.source, path: "/m/own.gguf" },
};

async function open(hash = "#/settings") {
  const opened = openApp(hash, { "models.list": () => [nano, own] });
  await screen.findByRole("main");
  return opened;
}

const download = (id: string, status: DownloadStatus): Download =>
  smallDownload(id, status, { bytesPerSecond: 10, secondsLeft: 62 });
const running: DownloadStatus = { state: "running", quietSeconds: 0 };
const strip = () => within(screen.getByRole("region", { name: "Downloads" }));
const press = (key: string, ctrlKey = true): void => void fireEvent.keyDown(document.body, { key, ctrlKey });

test("downloads are told on every screen, paused and resumed together, and announced once they have ended", async () => {
  const { emit, named } = await open();
  expect(screen.queryByRole("region", { name: "Downloads" })).toBeNull();
  act(() => emit("downloads.changed", [download("a", running)]));
  expect(
    strip()
      .getByRole("link", { name: /^Model a, (?=.*38.%).*1 min left/ })
      .getAttribute("href"),
  ).toBe("#/models");
  fireEvent.click(strip().getByRole("button", { name: "Pause" }));
  expect(named("downloads.pause")).toEqual([{ downloadId: "a" }]);

  act(() => emit("downloads.changed", [download("a", running), download("b", { state: "queued", position: 1 })]));
  expect(strip().getByRole("link", { name: /^2 downloads, (?=.*38.%).* left/ })).toBeTruthy();
  fireEvent.click(strip().getByRole("button", { name: "Pause all" }));
  expect(named("downloads.pause").slice(1)).toEqual([{ downloadId: "a" }, { downloadId: "b" }]);

  const paused: DownloadStatus = { state: "paused", reason: "user", problem: null };
  act(() => emit("downloads.changed", [download("a", paused), download("b", paused)]));
  fireEvent.click(strip().getByRole("button", { name: "Resume all" }));
  expect(named("downloads.resume")).toEqual([{ downloadId: "a" }, { downloadId: "b" }]);

  const failed: DownloadStatus = { state: "failed", problem: { code: "hub-unreachable", message: "" } };
  act(() => emit("downloads.changed", [download("a", failed)]));
  expect(screen.getByText(/^Model a was not downloaded\./).closest("output")).not.toBeNull();
  fireEvent.click(strip().getByRole("button", { name: "Try again" }));
  expect(named("downloads.resume")[2]).toEqual({ downloadId: "a" });
});

test("a model that has arrived is used on request only, in a chat; what cannot be used says so", async () => {
  const { emit, named, answers } = await open();
  const done: DownloadStatus = { state: "done", path: "/m/own.gguf", sha256: "", verified: true };
  act(() => emit("downloads.changed", [download("a", done)]));
  expect(await screen.findByText("Model a is downloaded.")).toBeTruthy();
  expect(named("models.use")).toEqual([]);
  fireEvent.click(strip().getByRole("button", { name: "Use now" }));
  await screen.findByRole("main", { name: "Chat" });
  await waitFor(() => expect(named("models.use")).toEqual([{ modelId: "own" }]));
  expect(named("downloads.cancel")).toEqual([{ downloadId: "a" }]);

  // Once it is in use, there is nothing left to offer.
  act(() => emit("settings.changed", { ...settings, defaultModelId: "own" }));
  expect(screen.queryByRole("region", { name: "Downloads" })).toBeNull();
  act(() => emit("settings.changed", settings));

  answers["models.list"] = () => [nano, { ...own, problems: [{ code: "model-not-gguf", message: "" }] }];
  act(() => emit("models.changed", {}));
  expect(await strip().findByRole("link", { name: "Model a · Unusable" })).toBeTruthy();
  expect(strip().queryByRole("button", { name: "Use now" })).toBeNull();
});

test("Ctrl+B folds the sidebar into a rail and back; the focus is not lost; its form is remembered", async () => {
  await open();
  const search = screen.getByRole("searchbox", { name: "Search chats" });
  search.focus();
  press("b");
  expect(screen.queryByRole("searchbox", { name: "Search chats" })).toBeNull();
  const show = screen.getByRole("button", { name: "Show chats" });
  expect(document.activeElement).toBe(show);
  expect(JSON.parse(localStorage.getItem("sidebar") ?? "")).toEqual({ width: 240, isFolded: true });
  // The chats come only for as long as the search needs them.
  press("k");
  expect(document.activeElement).toBe(search);
  expect(screen.getByRole("main").closest("[inert]")).not.toBeNull();
  press("Escape", false);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Show chats" }));
  fireEvent.click(screen.getByRole("button", { name: "Show chats" }));
  expect(document.activeElement).toBe(search);
  expect(screen.getByRole("main").closest("[inert]")).toBeNull();
  expect(screen.queryByRole("button", { name: "Show chats" })).toBeNull();
});

test("the sidebar's edge moves by arrow keys, within its limits, and folds it with Enter", async () => {
  await open();
  const edge = (): HTMLElement => screen.getByRole("separator", { name: "Width of the sidebar" });
  const key = (name: string): void => void fireEvent.keyDown(edge(), { key: name });
  key("ArrowRight");
  expect(edge().getAttribute("aria-valuenow")).toBe("248");
  key("End");
  key("ArrowRight");
  expect(edge().getAttribute("aria-valuenow")).toBe("400");
  key("Home");
  key("ArrowLeft");
  expect(edge().getAttribute("aria-valuenow")).toBe("200");
  fireEvent.doubleClick(edge());
  expect(JSON.parse(localStorage.getItem("sidebar") ?? "")).toEqual({ width: 240, isFolded: false });
  edge().focus();
  key("Enter");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Show chats" }));
});

test("dragged shut, the sidebar comes back as wide as it was before", async () => {
  localStorage.setItem("sidebar", '{"width":320,"isFolded":false}');
  await open();
  const edge = screen.getByRole("separator", { name: "Width of the sidebar" });
  edge.setPointerCapture = vi.fn();
  fireEvent.pointerDown(edge, { button: 0, pointerId: 1, clientX: 320 });
  for (const clientX of [300, 210, 150, 100]) fireEvent.pointerMove(edge, { pointerId: 1, clientX });
  expect(JSON.parse(localStorage.getItem("sidebar") ?? "")).toEqual({ width: 320, isFolded: true });
  fireEvent.click(screen.getByRole("button", { name: "Show chats" }));
  expect(screen.getByRole("separator").getAttribute("aria-valuenow")).toBe("320");
});

test.each(["{", '{"width":"wide"}', '{"width":1e9,"isFolded":1}', "null"])(
  "a damaged memory of the sidebar is ignored: %s",
  async (kept) => {
    localStorage.setItem("sidebar", kept);
    await open();
    const width = Number(screen.getByRole("separator").getAttribute("aria-valuenow"));
    expect([240, 400]).toContain(width);
  },
);
