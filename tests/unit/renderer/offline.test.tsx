// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { NetworkState } from "../../../electron/contract/network.ts";
import { runAction } from "../../../renderer/app/actions.ts";
import { settings } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { smallDownload } from "./sampleDownload.ts";

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(async () => {
  await import("../../../renderer/features/settings/SettingsScreen.tsx");
});
beforeEach(() => localStorage.removeItem("sidebar"));

const online: NetworkState = { isOffline: false, isForced: false };
const offline: NetworkState = { isOffline: true, isForced: false };
const sidebar = () => within(screen.getByRole("complementary"));
const fail = (): never => {
  throw new WorkbenchError("disk-full");
};

async function open(network: NetworkState, answers: Parameters<typeof openApp>[1] = {}) {
  const opened = openApp("#/settings", { "network.state": () => network, ...answers });
  await screen.findByRole("main");
  await waitFor(() => expect(opened.stores.network.getState().network).not.toBeNull());
  return opened;
}

test.each(["button", "command"])(
  "if Offline cannot be turned on, the %s says on any screen that the app is still online, until dismissed",
  async (how) => {
    const { answers } = await open(online, { "settings.change": fail });
    const press = (): void => {
      if (how === "button") fireEvent.click(sidebar().getByRole("button", { name: "Go offline" }));
      else act(() => void runAction("toggleOffline"));
    };
    press();
    const told = await screen.findByRole("alert");
    expect(told.textContent).toContain("The disk is full. The app is still online.");
    fireEvent.click(within(told).getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("alert")).toBeNull();
    press();
    await screen.findByRole("alert");
    answers["settings.change"] = () => settings;
    press();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  },
);

test("the chats that cover a narrow window give way to the problem", async () => {
  const page = window as unknown as { happyDOM: { setViewport(to: { width: number }): void } };
  page.happyDOM.setViewport({ width: 800 });
  try {
    await open(online, { "settings.change": fail });
    fireEvent.click(screen.getByRole("button", { name: "Show chats" }));
    expect(screen.getByRole("main").closest("[inert]")).not.toBeNull();
    fireEvent.click(sidebar().getByRole("button", { name: "Go offline" }));
    expect((await screen.findByRole("alert")).closest("[inert]")).toBeNull();
  } finally {
    page.happyDOM.setViewport({ width: 1024 });
  }
});

test("a problem with the record is told beside the record, and not as one of Offline", async () => {
  const { stores } = await open(online, { "network.clear": fail });
  await act(() => stores.network.getState().clear());
  expect(stores.network.getState()).toMatchObject({ problem: null, recordProblem: { code: "disk-full" } });
  expect(screen.queryByRole("alert")).toBeNull();
});

test.each(["beside the page", "as a rail"])(
  "the sidebar's button keeps the focus when it is pressed, %s",
  async (form) => {
    if (form === "as a rail") localStorage.setItem("sidebar", '{"width":240,"isFolded":true}');
    const { emit, named } = await open(online);
    sidebar().getByRole("button", { name: "Go offline" }).focus();
    act(() => emit("network.changed", offline));
    const goOnline = sidebar().getByRole("button", { name: "Go online" });
    expect(document.activeElement).toBe(goOnline);
    fireEvent.click(goOnline);
    await waitFor(() => expect(named("settings.change")).toEqual([{ offline: false }]));
    act(() => emit("network.changed", online));
    expect(document.activeElement).toBe(sidebar().getByRole("button", { name: "Go offline" }));
  },
);

test("the focus stays where it is if Offline is changed elsewhere", async () => {
  const { emit } = await open(online);
  const search = sidebar().getByRole("searchbox", { name: "Search chats" });
  search.focus();
  act(() => emit("network.changed", offline));
  expect(document.activeElement).toBe(search);
});

test("as a rail, the sidebar says Offline without a button if the app was started offline", async () => {
  localStorage.setItem("sidebar", '{"width":240,"isFolded":true}');
  await open({ isOffline: true, isForced: true });
  expect(sidebar().getByText("Offline")).toBeTruthy();
  expect(sidebar().queryByRole("button", { name: /Go (?:on|off)line/ })).toBeNull();
});

test("the strip tells a download that waits for Offline in the words of its row, without a button", async () => {
  const { emit } = await open(offline);
  const waits = smallDownload("a", { state: "paused", reason: "offline", problem: null });
  act(() => emit("downloads.changed", [waits]));
  const strip = within(screen.getByRole("region", { name: "Downloads" }));
  expect(strip.getByText("Waiting: Offline is on")).toBeTruthy();
  expect(strip.queryByRole("button")).toBeNull();
  // One that the user paused can be resumed, which does nothing to the other.
  const paused = smallDownload("b", { state: "paused", reason: "user", problem: null });
  act(() => emit("downloads.changed", [waits, paused]));
  expect(strip.getByText("Waiting: Offline is on")).toBeTruthy();
  expect(strip.getByRole("button", { name: "Resume all" })).toBeTruthy();
});
