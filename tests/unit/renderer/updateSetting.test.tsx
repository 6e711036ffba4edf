// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Settings } from "../../../electron/contract/settings.ts";
import type { Release, UpdateState } from "../../../electron/contract/updates.ts";
import SettingsScreen from "../../../renderer/features/settings/SettingsScreen.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";

afterEach(cleanup);

const release: Release = {
  version: "0.2.0",
  date: "2026-11-28",
  notes: "- One\n<img src=x onerror=alert(1)><b>two</b>",
  page: "https://github.com/owner/r1-workbench/releases/tag/v0.2.0",
  file: { name: "R1-Workbench-0.2.0-linux-x64.AppImage", sizeBytes: 120_000_000 },
};
const state: UpdateState = {
  source: { host: "github.com", fileHosts: ["release-assets.githubusercontent.com"] },
  install: "appimage",
  checkedAt: null,
  status: { state: "idle" },
};

async function open(updates: Partial<UpdateState>, isOn = true) {
  let now: UpdateState = { ...state, ...updates };
  let kept: Settings = { ...settings, checkUpdates: isOn };
  const fake = fakeBridge({
    "settings.get": () => kept,
    "settings.change": (change) => (kept = { ...kept, ...(change as Partial<Settings>) }),
    "updates.state": () => now,
    "updates.check": () => now,
    "updates.download": () => now,
    "updates.cancel": () => now,
    "updates.installOnQuit": () => now,
    "shell.openLink": () => true,
  });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <SettingsScreen tab="general" drawCode={(code) => <pre>{code}</pre>} />
    </StoresContext>,
  );
  await waitFor(() => expect(stores.updates.getState().updates).not.toBeNull());
  const tell = (status: UpdateState["status"]): void => {
    now = { ...now, status };
    act(() => fake.emit("updates.changed", now));
  };
  return { ...fake, tell };
}
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const press = (name: string | RegExp): void => void fireEvent.click(button(name));

test("it is off, says beforehand what it sends and to whom, and shows nothing to press", async () => {
  const { named } = await open({}, false);
  expect(screen.getByRole("switch", { name: "Updates" }).getAttribute("aria-checked")).toBe("false");
  const words = document.body.textContent;
  expect(words).toContain("If this is on, github.com is asked once a day");
  expect(words).toContain("no version, no system and no identifier");
  expect(words).toContain("The check and a download may also connect to release-assets.githubusercontent.com");
  expect(screen.queryByRole("button", { name: "Check now" })).toBeNull();
  fireEvent.click(screen.getByRole("switch", { name: "Updates" }));
  await screen.findByRole("button", { name: "Check now" });
  expect(named("settings.change")).toEqual([{ checkUpdates: true }]);
  expect(named("updates.check")).toEqual([]);
});

test("a build without a place to look says so, without a switch", async () => {
  await open({ source: null });
  expect(screen.getByText(/never looks for one/)).not.toBeNull();
  expect(screen.queryByRole("switch", { name: "Updates" })).toBeNull();
});

test("a new version is offered with its notes as plain text, fetched, and installed on quit unless taken back", async () => {
  const { named, tell } = await open({ status: { state: "available", release } });
  expect(screen.getByText("Version 0.2.0 is available (28 Nov 2026).")).not.toBeNull();
  const notes = document.querySelector(".update-notes > p");
  expect(notes?.textContent).toBe(release.notes);
  expect(notes?.children).toHaveLength(0);
  press("Download 120.0 MB and install on quit");
  expect(named("updates.download")).toEqual([{}]);
  tell({ state: "downloading", release, receivedBytes: 60_000_000 });
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("60000000");
  press("Cancel");
  expect(named("updates.cancel")).toEqual([{}]);
  tell({ state: "ready", release, onQuit: true });
  press("Do not install");
  tell({ state: "ready", release, onQuit: false });
  expect(screen.getByText(/will not be installed/)).not.toBeNull();
  press("Install on quit");
  expect(named("updates.installOnQuit")).toEqual([{ onQuit: false }, { onQuit: true }]);
});

test.each([
  ["deb", "sudo apt install ./R1-Workbench-0.2.0-linux-x64.AppImage"],
  ["rpm", "sudo dnf install ./R1-Workbench-0.2.0-linux-x64.AppImage"],
  ["folder", "unpack it, and replace this app’s folder"],
  ["portable", "replace this app’s file"],
  ["development", "from the tag v0.2.0"],
] as const)("a copy that was installed as %s is told what to do, and gets no download", async (install, words) => {
  const { named } = await open({ install, status: { state: "available", release } });
  expect(document.querySelector(".updates")?.textContent).toContain(words);
  expect(screen.queryByRole("button", { name: /^Download/ })).toBeNull();
  press("Open the release page");
  expect(named("shell.openLink")).toEqual([{ url: release.page }]);
});

test("a refused answer is told, and can be asked for again", async () => {
  const problem = { code: "update-refused", facts: { case: "unsigned" } } as const;
  const { named } = await open({ status: { state: "failed", problem, release: null } });
  expect(screen.getByRole("alert").textContent).toContain("does not have the signature of this app’s makers");
  press("Check now");
  expect(named("updates.check")).toEqual([{}]);
});

test("while a newer version can be fetched, a dot beside Settings says so", async () => {
  const opened = openApp("#/settings", {
    "updates.state": () => ({ ...state, status: { state: "available", release } }),
  });
  await screen.findByRole("link", { name: "Settings Version 0.2.0 is available" });
  act(() => opened.emit("updates.changed", { ...state, status: { state: "current" } }));
  expect(screen.getByRole("link", { name: "Settings" })).not.toBeNull();
});
