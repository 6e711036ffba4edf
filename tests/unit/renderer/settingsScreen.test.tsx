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
import { fakeBridge, settings } from "./fakeBridge.ts";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Window() {
  useAppearance();
  const route = parseRoute(window.location.hash);
  return <SettingsScreen tab={route.screen === "settings" ? route.tab : ""} />;
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

test("what a notification shows can be chosen only while there are notifications", async () => {
  const { named } = await open();
  const text = (): HTMLButtonElement => screen.getByRole("switch", { name: "Text in notifications" });
  fireEvent.click(text());
  await waitFor(() => expect(text().getAttribute("aria-checked")).toBe("true"));
  fireEvent.click(screen.getByRole("switch", { name: "Notifications" }));
  await waitFor(() => expect(text().disabled || text().getAttribute("aria-disabled") === "true").toBe(true));
  expect(named("settings.change")).toEqual([{ showReplyInNotification: true }, { notifyReplies: false }]);
});
