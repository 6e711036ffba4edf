import { expect } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { VoteRun } from "../../../electron/contract/votes.ts";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive, writeNext, type WrittenReply } from "../../e2e/support/writeReplies.ts";
import { cutVote } from "../picturedChats.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const says = (result: string): WrittenReply => ({
  thought: "First the sum, then the product.",
  answer: String.raw`The sum is $s = 10$ and the difference $d = 2$, so the product is $\boxed{${result}}$.`,
});
const wordy: WrittenReply = { answer: "It depends on which of the two numbers is meant. ".repeat(9) };

const openDialog = async ({ page }: Stage): Promise<void> => {
  await replies(page).last().locator(".reply-actions [aria-haspopup]").last().click();
  await page.locator(".reply-menu .menu-item:has(.lucide-vote)").click();
  await expect(page.locator(".vote-sheet-fields")).toBeVisible();
};

/** Has a question that was answered with 24 answered again, with these answers in turns. */
const ask = async (stage: Stage, answers: number, written: readonly WrittenReply[]): Promise<void> => {
  const { page, home } = stage;
  await stage.newChat();
  await receive(stage, says("24"));
  await writeNext(home, written);
  await openDialog(stage);
  await page.locator(".vote-sheet-fields select").selectOption(String(answers));
  await page.locator(".vote-sheet-fields .button.primary").click();
};

const ended = async ({ page }: Stage): Promise<void> => {
  await expect(page.locator(".vote-line")).toBeVisible();
  await expect(page.locator(".vote-progress")).toHaveCount(0);
  await expect(replies(page).last().locator(".formula .katex, p").first()).toBeVisible();
};

const openOthers = async ({ page }: Stage): Promise<void> => {
  await page.locator(".vote-line [aria-expanded]").click();
  await expect(page.locator(".vote-groups")).toBeVisible();
};

const voted = (name: string, show: PictureState["show"]): PictureState => ({
  name: `votes/${name}`,
  home: "used",
  show,
  subject: (page) => page.locator(".vote-line"),
});

/** Several answers to one question, and how they agree. */
export const votesStates: PictureState[] = [
  {
    name: "votes/dialog",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, says("24"));
      await openDialog(stage);
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "votes/new-question",
    home: "used",
    show: async (stage) => {
      const { page } = stage;
      await stage.newChat();
      const box = page.getByRole("textbox", { name: "Message" });
      await box.fill("Which two numbers have the sum 10 and the product 24?");
      await page.locator(".composer-tools .icon-button:has(.lucide-vote)").click();
      await expect(page.locator(".vote-sheet-fields")).toBeVisible();
      return async () => {
        await page.keyboard.press("Escape");
        await box.fill("");
      };
    },
  },
  voted("running", async (stage) => {
    const { page } = stage;
    await ask(stage, 7, [says("24"), says("23"), says(String.raw`\frac{48}{2}`), { ...says("24"), hold: true }]);
    await expect(page.locator(".vote-progress progress")).toHaveAttribute("value", "3");
    await openOthers(stage);
    return async () => {
      await page.locator(".vote-progress .text-button").click();
      await ended(stage);
    };
  }),
  voted("complete", async (stage) => {
    await ask(stage, 4, [says("23"), says("24"), says(String.raw`x \in \{22, 26\}`), wordy]);
    await ended(stage);
    await openOthers(stage);
  }),
  voted("decided", async (stage) => {
    await ask(stage, 4, [says("24"), says("24.0"), says("24")]);
    await ended(stage);
  }),
  voted("stopped", async (stage) => {
    await ask(stage, 15, [says("23"), { ...says("24"), hold: true }]);
    await expect(stage.page.locator(".vote-progress progress")).toHaveAttribute("value", "1");
    await stage.page.locator(".vote-progress .text-button").click();
    await ended(stage);
    await openOthers(stage);
  }),
  voted("cut", async (stage) => {
    const { page } = stage;
    await stage.goTo("Chat");
    await page.getByRole("link", { name: cutVote }).click();
    await expect(page.locator(".vote-line .text-button").last()).toBeVisible();
  }),
  voted("failed", async (stage) => {
    await ask(stage, 2, [says("23"), says("24")]);
    await ended(stage);
    await openOthers(stage);
    await stage.tell("votes.changed", await failedRun(stage));
    await expect(stage.page.locator(".vote-line .problem").first()).toBeVisible();
  }),
];

/** The vote of the newest chat, as if the disk had become full during its third answer. */
async function failedRun({ page }: Stage): Promise<VoteRun> {
  const questionId = await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const listed = await r1.call("chats.list", {});
    const chatId = listed.ok ? (listed.value.chats[0]?.id ?? "") : "";
    const opened = await r1.call("chats.open", { chatId });
    return { chatId, questionId: opened.ok ? (opened.value.messages.at(-1)?.parentId ?? "") : "" };
  });
  const problem = { code: "disk-full", message: "" } as const;
  return { ...questionId, state: "failed", done: 2, wanted: 7, secondsLeft: null, problem };
}
