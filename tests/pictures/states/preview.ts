import { expect, type Page } from "@playwright/test";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive } from "../../e2e/support/writeReplies.ts";
import { sieveReply, todoReply } from "../../support/preview/pageReplies.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const pane = ({ page }: { page: Page }) => page.locator(".preview");
const tab = (stage: Stage, at: number) => pane(stage).getByRole("tab").nth(at).click();

/** Shows the page of the last of these replies beside the chat. */
async function open(stage: Stage, ...answers: string[]): Promise<void> {
  await stage.newChat();
  for (const answer of answers) await receive(stage, { answer });
  await replies(stage.page).last().locator(".page-card-main").click();
  await expect(pane(stage)).toBeVisible();
  // The page runs once it can be stopped.
  await expect(pane(stage).locator(".preview-wordy").first()).toBeEnabled();
}

async function close({ page }: Stage): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Shift+E");
  await expect(page.locator(".preview")).toHaveCount(0);
}

const sieves = [sieveReply("Sieve"), sieveReply("Sieve of Eratosthenes")];

/** A picture of the window is without the page itself, which the system draws above it. */
const showing = (name: string, answers: string[], further: (stage: Stage) => Promise<void>): PictureState => ({
  name: `preview/${name}`,
  home: "used",
  show: async (stage) => {
    await open(stage, ...answers);
    await further(stage);
    return async () => {
      await stage.page.keyboard.press("Escape");
      await tab(stage, 0);
      await close(stage);
    };
  },
});

export const previewStates: PictureState[] = [
  {
    name: "preview/card",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, { answer: sieveReply("Sieve") });
      await expect(replies(stage.page).last().locator(".page-card")).toBeVisible();
    },
    subject: (page) => page.locator(".page-card").last(),
  },
  showing("page", sieves, async () => undefined),
  showing("versions", sieves, async (stage) => {
    await pane(stage).locator(".preview-version").click();
    await expect(stage.page.locator(".preview-picture")).toBeVisible();
  }),
  showing("code", sieves, async (stage) => {
    await tab(stage, 1);
    const code = pane(stage).locator("textarea");
    await code.fill((await code.inputValue()).replace("Next prime", "The next prime"));
    await expect(pane(stage).locator(".preview-note")).toBeVisible();
  }),
  showing("differences", sieves, async (stage) => {
    await tab(stage, 1);
    await pane(stage).locator(".preview-bar select").selectOption({ index: 1 });
    await expect(pane(stage).locator(".diff-line.is-added").first()).toBeVisible();
  }),
  showing("console", [todoReply], async (stage) => {
    await tab(stage, 2);
    await expect(pane(stage).locator(".console-entry.is-error").first()).toBeVisible();
  }),
  showing("stopped", sieves, async (stage) => {
    await pane(stage).locator(".preview-wordy").first().click();
    await expect(pane(stage).locator(".preview-ended")).toBeVisible();
  }),
];
