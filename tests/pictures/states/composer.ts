import { expect } from "@playwright/test";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive } from "../../e2e/support/writeReplies.ts";
import type { PictureState } from "../PictureState.ts";

export const composerStates: PictureState[] = [
  {
    name: "composer/long-draft",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      const box = stage.page.getByRole("textbox", { name: "Message" });
      await box.fill("A line of the question.\n".repeat(14));
      return () => box.fill("");
    },
  },
  {
    name: "composer/queued",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, { answer: "The first part of the answer.", hold: true });
      const box = stage.page.getByRole("textbox", { name: "Message" });
      await box.fill("And what follows from it?");
      await box.press("Enter");
      return async () => {
        await stage.page.getByRole("button", { name: "Stop" }).first().click();
        await expect(replies(stage.page).last()).toContainText(/Stopped/);
        await box.fill("");
      };
    },
  },
  {
    name: "composer/presets",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.locator(".composer-field").press("/");
      await expect(stage.page.locator(".preset-choice").first()).toBeFocused();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "composer/preset-variables",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.locator(".composer-field").press("/");
      await stage.page.locator(".preset-choice").first().click();
      await expect(stage.page.locator(".preset-form textarea")).toBeFocused();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "composer/preset-editor",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.locator(".composer-field").press("/");
      await stage.page.locator(".preset-body > .button").click();
      await stage.page.locator(".preset-form textarea").fill("Translate this into {{language}}:\n\n{{text}}");
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "composer/model-picker",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.getByRole("combobox", { name: "Model", exact: true }).click();
    },
  },
];
