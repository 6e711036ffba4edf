import { expect } from "@playwright/test";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive, writeNext, type WrittenReply } from "../../e2e/support/writeReplies.ts";
import { cutComparison } from "../picturedChats.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const thought = "First the sum, then the product. ".repeat(12);
const says = (result: string): WrittenReply => ({
  thought,
  answer: String.raw`The sum is $s = 10$ and the difference $d = 2$, so the larger number is $\frac{s + d}{2} = 6$ and the smaller one $4$.

| step | value |
| --- | ---: |
| sum | 10 |
| difference | 2 |

The product is $\boxed{${result}}$.`,
});
const prose: WrittenReply = { answer: "It depends on which of the two numbers is meant. ".repeat(9) };

const openDialog = async ({ page }: Stage): Promise<void> => {
  await replies(page).last().locator(".reply-actions [aria-haspopup]").last().click();
  await page.locator(".reply-menu .menu-item:has(.lucide-columns-3)").click();
  await expect(page.locator(".compare-sheet")).toBeVisible();
};

/** Has the question of a reply with 24 answered by other models, with these answers in turns. */
const compare = async (stage: Stage, written: readonly WrittenReply[]): Promise<void> => {
  const { page, home } = stage;
  await stage.newChat();
  await receive(stage, says("24"));
  await writeNext(home, written);
  await openDialog(stage);
  const boxes = page.locator(".compare-model input:enabled");
  for (let index = 0; (await page.locator(".compare-model input:checked").count()) <= written.length; index += 1)
    await boxes.nth(index).check();
  await page.locator(".compare-sheet .button.primary").click();
  await expect(page.locator(".comparison-column").first()).toBeVisible();
};

const ended = async ({ page }: Stage): Promise<void> => {
  await expect(page.locator(".comparison-column[aria-busy=true]")).toHaveCount(0);
  await expect(page.locator(".comparison-actions .button:enabled").first()).toBeVisible();
};

const openCut = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  await stage.goTo("Chat");
  await page.getByRole("link", { name: cutComparison }).click();
  await expect(page.locator(".compare-line .text-button").last()).toBeVisible();
};

/** The answers of several models to one question. */
export const comparisonsStates: PictureState[] = [
  {
    name: "comparisons/dialog",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, says("24"));
      await openDialog(stage);
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "comparisons/running",
    home: "used",
    show: async (stage) => {
      await compare(stage, [{ ...says("24"), pieceChars: 40, hold: true }, says("23")]);
      await expect(stage.page.locator(".comparison-answer table").nth(1)).toBeVisible();
      return async () => {
        await stage.page.locator(".comparison-agreement .text-button").click();
        await ended(stage);
      };
    },
  },
  {
    name: "comparisons/complete",
    home: "used",
    show: async (stage) => {
      await compare(stage, [says("24.0"), prose]);
      await ended(stage);
    },
  },
  {
    name: "comparisons/stopped",
    home: "used",
    show: async (stage) => {
      await compare(stage, [{ ...says("23"), hold: true }, says("23")]);
      await stage.page.locator(".comparison-agreement .text-button").click();
      await ended(stage);
    },
  },
  {
    name: "comparisons/line",
    home: "used",
    show: async (stage) => {
      await compare(stage, [says("23")]);
      await ended(stage);
      await stage.page.locator(".comparison-head .text-button").click();
      await expect(stage.page.locator(".compare-line")).toBeVisible();
    },
    subject: (page) => page.locator(".compare-line"),
  },
  {
    name: "comparisons/cut-line",
    home: "used",
    show: (stage) => openCut(stage),
    subject: (page) => page.locator(".compare-line"),
  },
  {
    name: "comparisons/cut",
    home: "used",
    show: async (stage) => {
      await openCut(stage);
      await stage.page.locator(".compare-line .text-button").first().click();
      await expect(stage.page.locator(".comparison-column")).toHaveCount(3);
    },
  },
];
