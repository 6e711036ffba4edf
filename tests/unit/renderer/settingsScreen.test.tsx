// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Settings } from "../../../electron/contract/settings.ts";
import { parseRoute } from "../../../renderer/app/route.ts";
import { useAppearance } from "../../../renderer/app/useAppearance.ts";
import SettingsScreen from "../../../renderer/features/settings/SettingsScreen.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { texts } from "../../../renderer/texts.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

afterEach(() => {
  cleanup();
  void texts.choose("en");
  vi.unstubAllGlobals();
});

function Window() {
  useAppearance();
  const route = parseRoute(window.location.hash);
  return <SettingsScreen tab={route.screen === "settings" ? route.tab : ""} drawCode={(code) => <pre>{code}</pre>} />;
}

async function open(tab = "general") {
  window.location.hash = `#/settings/${tab}`;
  let kept: Settings = settings;
  const fake = fakeBridge({
    "settings.get": () => kept,
    "settings.change": (change) => (kept = { ...kept, ...(change as Partial<Settings>) }),
  });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <Window />
    </StoresContext>,
  );
  await waitFor(() => expect(stores.settings.getState().settings).not.toBeNull());
  return { ...fake, stores };
}
const choose = (name: string, value: string): void =>
  void fireEvent.change(screen.getByRole("combobox", { name }), { target: { value } });

test("the appearance is applied at once; Undo restores it and gives the focus back to the field", async () => {
  const { named } = await open("appearance");
  const root = document.documentElement;
  await waitFor(() => expect(root.dataset["density"]).toBe("comfortable"));
  choose("Density", "compact");
  await waitFor(() => expect(root.dataset["density"]).toBe("compact"));
  choose("Text size", "large");
  await waitFor(() => expect(root.dataset["textSize"]).toBe("large"));
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(root.dataset["textSize"]).toBe("standard"));
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Text size" }));
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  expect(root.dataset["density"]).toBe("compact");
  expect(named("settings.change")).toEqual([{ density: "compact" }, { textSize: "large" }, { textSize: "standard" }]);
  expect(JSON.parse(localStorage.getItem("appearance") ?? "")).toMatchObject({ density: "compact" });
});

test("after several changes, a failed one leaves the offer to undo the last; a failed Undo is offered again", async () => {
  const { answers, named } = await open("appearance");
  choose("Density", "compact");
  choose("Text size", "large");
  await screen.findByText("“Text size” changed.");
  const { "settings.change": works = () => settings } = answers;
  answers["settings.change"] = () => {
    throw new WorkbenchError("disk-full", "Full.");
  };
  choose("Theme", "dark");
  expect((await screen.findByRole("alert")).textContent).toContain("Your settings are as they were.");
  expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "Theme" }).value).toBe("system");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(named("settings.change")).toHaveLength(4));
  await screen.findByText("“Text size” changed.");
  answers["settings.change"] = works;
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(named("settings.change").at(-1)).toEqual({ textSize: "standard" });
  expect(document.documentElement.dataset["density"]).toBe("compact");
});

test.each([
  ["en", "Search settings", "dark", "Theme"],
  ["fr", "Rechercher un paramètre", "theme SOMBRE", "Thème"],
  ["fr", "Rechercher un paramètre", "reflexion", "Réflexion dans les nouvelles conversations"],
  ["zh-CN", "搜索设置", "深色", "主题"],
  ["zh-CN", "搜索设置", "dark", "主题"],
] as const)(
  "in %s, the search finds a setting without accents and capitals: %s",
  async (language, label, typed, name) => {
    await texts.choose(language);
    await open();
    const field = screen.getByRole("combobox", { name: label });
    expect(field.getAttribute("aria-expanded")).toBe("false");
    fireEvent.change(field, { target: { value: typed } });
    expect(await screen.findByRole("option", { name: new RegExp(`^${name}`) })).toBeTruthy();
    const list = screen.getByRole("listbox");
    expect([field.getAttribute("aria-expanded"), field.getAttribute("aria-controls")]).toEqual(["true", list.id]);
    // The rest of the window stays where screen readers find it.
    expect(screen.getAllByRole("tab")).toHaveLength(5);
    fireEvent.keyDown(field, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
  },
);

test("what a notification shows can be chosen only while there are notifications", async () => {
  const { named } = await open();
  const text = (): HTMLButtonElement => screen.getByRole("switch", { name: "Text in notifications" });
  fireEvent.click(text());
  await waitFor(() => expect(text().getAttribute("aria-checked")).toBe("true"));
  fireEvent.click(screen.getByRole("switch", { name: "Notifications" }));
  await waitFor(() => expect(text().disabled || text().getAttribute("aria-disabled") === "true").toBe(true));
  expect(named("settings.change")).toEqual([{ showReplyInNotification: true }, { notifyReplies: false }]);
});
