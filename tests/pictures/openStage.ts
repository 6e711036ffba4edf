import { expect } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { launchApp } from "../e2e/support/launchApp.ts";
import { newHome } from "../e2e/support/newHome.ts";
import { addResults } from "./addResults.ts";
import { addServerResults } from "./addServerResults.ts";
import { picturedHub } from "./picturedHub.ts";
import type { Stage } from "./PictureState.ts";
import { usedHome } from "./usedHome.ts";

/** Starts the app with a prepared home, a model that writes what a state provides, and a hub on this machine. */
export async function openStage(home: "used" | "new"): Promise<Stage> {
  const hub = await picturedHub();
  process.env["HF_ENDPOINT"] = hub.endpoint;
  const app = await launchApp({ home: home === "used" ? await usedHome() : await newHome(), writes: true });
  const { page } = app;
  page.setDefaultTimeout(10_000);
  if (home === "used") {
    const [profile, engine] = await page.evaluate(async () => {
      const { r1 } = window as unknown as { r1: Bridge };
      return [await r1.call("hardware.profile", {}), await r1.call("engine.state", {})] as const;
    });
    if (!profile.ok || !engine.ok) throw new Error("The machine is not known.");
    // Read when Hardware is first shown.
    await addResults(app.home, profile.value, engine.value);
    await addServerResults(app.home);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return {
    ...app,
    hub,
    goTo: async (screen) => {
      await page.getByRole("link", { name: screen, exact: true }).click();
      await expect(page.getByRole("main", { name: screen })).toBeVisible({ timeout: 4_000 });
    },
    newChat: async () => {
      await page.getByRole("button", { name: "New chat" }).first().click();
      await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible({ timeout: 4_000 });
    },
    close: async () => {
      await app.close();
      await hub.close();
    },
  };
}
