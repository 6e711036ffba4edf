import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { expect } from "@playwright/test";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive, writeNext, type WrittenReply } from "../../e2e/support/writeReplies.ts";
import { proof } from "../picturedChats.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const open = async ({ page }: Stage, title: string): Promise<void> => {
  await page
    .getByRole("link", { name: title })
    .or(page.getByRole("option", { name: title }))
    .first()
    .click();
  await expect(page.getByRole("article").first()).toBeVisible({ timeout: 4_000 });
};

/** Opens a chat of the prepared home. */
const kept = (name: string, title: string): PictureState => ({
  name: `chat/${name}`,
  home: "used",
  show: (stage) => open(stage, title),
});

/** Leaves a reply unfinished while it is pictured, and stops it afterwards. */
const writing = (name: string, reply: WrittenReply): PictureState => ({
  name: `chat/${name}`,
  home: "used",
  show: async (stage) => {
    await stage.newChat();
    await receive(stage, { ...reply, hold: true });
    return async () => {
      await stage.page.getByRole("button", { name: "Stop" }).first().click();
      await expect(replies(stage.page).last()).toContainText(/Stopped/);
    };
  },
});

const thinking = "First I list the primes below 30. Then I pair them so that each pair has the same sum. ".repeat(6);

export const chatStates: PictureState[] = [
  kept("history", proof),
  {
    name: "chat/history-top",
    home: "used",
    show: async (stage) => {
      await open(stage, proof);
      await replies(stage.page).first().scrollIntoViewIfNeeded();
      await stage.page.getByRole("article").first().hover();
      await stage.page.mouse.wheel(0, -5000);
    },
  },
  {
    name: "chat/thought-open",
    home: "used",
    show: async (stage) => {
      await open(stage, proof);
      const thought = replies(stage.page)
        .last()
        .getByRole("button", { name: /^Thought/ });
      await thought.click();
      // In a small window, opening it moves nothing, so its text is below what one sees.
      await thought.evaluate((line) => line.scrollIntoView({ block: "start" }));
      return () => thought.click();
    },
  },
  writing("thinking", { thought: thinking, answer: "", pieceChars: 8 }),
  writing("answering", {
    thought: thinking,
    answer: `The primes are 2, 3, 5, 7 and 11.\n\n- 2 + 11 = 13\n- 3 + 10 is no such pair\n\n\`\`\`python\nprimes = [2, 3, 5`,
    pieceChars: 8,
  }),
  kept("stopped", "Stopped in the middle"),
  kept("context-full", "The context was full"),
  kept("summary", "From a summary"),
  {
    name: "chat/summary-open",
    home: "used",
    show: async (stage) => {
      await open(stage, "From a summary");
      const line = stage.page.locator(".summary .text-button").first();
      await line.click();
      await expect(stage.page.locator(".summary-body")).toBeVisible();
      return () => line.click();
    },
    subject: (page) => page.locator(".summary-body"),
  },
  {
    name: "chat/summary-edited",
    home: "used",
    show: async (stage) => {
      const { page } = stage;
      await open(stage, "From a summary");
      const line = page.locator(".summary .text-button").first();
      await line.click();
      await page.locator(".summary-actions").getByRole("button", { name: "Edit" }).click();
      await expect(page.locator(".summary-body textarea")).toBeFocused();
      return async () => {
        await page.locator(".summary-body textarea").press("Escape");
        await line.click();
      };
    },
    subject: (page) => page.locator(".summary-body textarea"),
  },
  kept("prompt-too-long", "A prompt that was too long"),
  kept("engine-down", "The engine stopped"),
  kept("interrupted", "Interrupted"),
  {
    name: "chat/figures-open",
    home: "used",
    show: async (stage) => {
      await open(stage, proof);
      const chart = replies(stage.page)
        .last()
        .getByRole("button", { name: /speed|tok\/s/i })
        .first();
      await chart.click();
      return () => chart.click();
    },
  },
  {
    name: "chat/edited-answer",
    home: "used",
    show: async (stage) => {
      const { page } = stage;
      await stage.newChat();
      await receive(stage, { thought: "Two is the only even one.", answer: "2, 3 and 4.", pieceChars: 8 });
      const edit = async (): Promise<void> => {
        await replies(page).last().getByRole("button", { name: "More" }).click();
        await page.locator(".reply-menu .menu-item:has(.lucide-pencil)").first().click();
      };
      await edit();
      await page.locator(".composer-field").fill("2, 3 and 5.");
      await page.keyboard.press("Enter");
      await expect(replies(page).last()).toContainText("2/2");
      await edit();
      return () => page.locator(".composer-note .text-button").click();
    },
  },
  {
    name: "chat/branches",
    home: "used",
    show: async (stage) => {
      const { page } = stage;
      await stage.newChat();
      for (const answer of ["**Two** of them.", "It has three."]) await receive(stage, { answer });
      for (const [index, answer] of [
        "Another answer to the last question.",
        "A third one.",
        "Quite another way.",
      ].entries()) {
        await writeNext(stage.home, { answer });
        const reply = index === 2 ? replies(page).first() : replies(page).last();
        await reply.locator(".reply-actions .lucide-refresh-cw").click();
        await expect(page.getByText(answer)).toBeVisible();
      }
      await receive(stage, { answer: "And on from there." });
      await replies(page).first().locator(".versions .text-button").click();
      await expect(page.getByRole("treeitem")).toHaveCount(6);
      return () => page.keyboard.press("Escape");
    },
  },
  {
    name: "chat/next-prompt",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, { thought: "", answer: "2, 3 and 5.", pieceChars: 8 });
      await stage.page.getByRole("button", { name: /^Context:/ }).click();
      await stage.page.getByRole("button", { name: "What the model will see" }).click();
      await expect(stage.page.getByRole("dialog", { name: "What the model will see" })).toContainText("<｜user｜>");
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "chat/engine-gave-up",
    home: "used",
    show: async (stage) => {
      await open(stage, proof);
      await stage.tell("engine.changed", { state: "gaveUp", problem: { code: "engine-gave-up", message: "" } });
      return async () => {
        const outcome = await stage.page.evaluate(() =>
          (window as unknown as { r1: Bridge }).r1.call("engine.state", {}),
        );
        if (outcome.ok) await stage.tell("engine.changed", outcome.value);
      };
    },
  },
  {
    name: "chat/model-missing",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await missDefault(stage);
      return async () => stage.tell("settings.changed", await settingsOf(stage));
    },
    // A change of the language sends the settings again.
    again: missDefault,
  },
];

async function settingsOf({ page }: Stage): Promise<Settings> {
  const outcome = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("settings.get", {}));
  if (!outcome.ok) throw new Error("The settings could not be read.");
  return outcome.value;
}

/** As if the model for new chats were on a disk that is not connected. */
async function missDefault(stage: Stage): Promise<void> {
  const defaultModelId = "deepseek-r1-distill-qwen-14b-q4_k_m";
  await stage.tell("settings.changed", { ...(await settingsOf(stage)), defaultModelId });
  await expect(stage.page.locator(".chat-screen > output.banner")).toBeVisible();
}
