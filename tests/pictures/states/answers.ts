import { expect } from "@playwright/test";
import { replies } from "../../e2e/support/chatSteps.ts";
import { receive, writeNext } from "../../e2e/support/writeReplies.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const answer = [
  "## Two numbers",
  "The sum is $s = a + b$ and the product $p = \\frac{s^2 - d^2}{4}$, where $d = a - b$.",
  "\\begin{align}\ns &= 10 \\\\\nd &= 2\n\\end{align}",
  "| Number | Square | Name |\n|---:|---:|---|\n| 4 | 16 | four |\n| 6 | 36 | six |\n| 10 | 100 | ten |",
  "```python\ndef product(total: int, difference: int) -> int:\n    # The difference of two squares, which is the product of the sum and the difference.\n    return (total**2 - difference**2) // 4\n```",
  "So the product is $\\boxed{24}$.",
].join("\n\n");

const ask = async (stage: Stage): Promise<void> => {
  await stage.newChat();
  await receive(stage, { thought: "The difference of squares.", answer });
  await expect(replies(stage.page).last().locator(".formula .katex").last()).toBeVisible();
};

const openMenu = (stage: Stage): Promise<void> =>
  replies(stage.page).last().locator(".reply-actions [aria-haspopup]").last().click();

const diagrams = [
  "The answer is found in three steps:",
  "```mermaid\ngraph LR\nA[Read the question] --> B{Is it clear?}\nB -->|yes| C[Answer]\nB -->|no| D[Ask again]\nD --> A\n```",
  "Or, between two parts:",
  "```mermaid\nsequenceDiagram\nparticipant U as User\nparticipant M as Model\nU->>M: Question\nM-->>U: Thought\nM-->>U: Answer\n```",
  "This one is not whole:",
  "```mermaid\ngraph TD\nA --> --> B\n```",
].join("\n\n");

/** What can be done with formulas, tables and code, and a reply by itself. */
export const answerStates: PictureState[] = [
  {
    name: "answers/formula-menu",
    home: "used",
    show: async (stage) => {
      await ask(stage);
      await replies(stage.page).last().locator(".formula .katex-html").first().click();
      await expect(stage.page.getByRole("menu")).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
  },
  {
    name: "answers/table-and-code",
    home: "used",
    show: async (stage) => {
      await ask(stage);
      const reply = replies(stage.page).last();
      await reply.locator("th .table-sort").nth(1).click();
      const numbers = reply.locator(".code-more .icon-button").nth(1);
      await numbers.click();
      await expect(reply.locator(".code-line")).toHaveCount(3);
      await reply.locator("figure.table").scrollIntoViewIfNeeded();
      return () => numbers.click();
    },
  },
  {
    name: "answers/diagrams",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await receive(stage, { answer: diagrams });
      const reply = replies(stage.page).last();
      await expect(reply.locator(".diagram-scroll img")).toHaveCount(2, { timeout: 60_000 });
      await expect(reply.locator(".diagram-trouble")).toBeVisible({ timeout: 60_000 });
      return undefined;
    },
  },
  {
    name: "answers/document",
    home: "used",
    show: async (stage) => {
      await ask(stage);
      await openMenu(stage);
      await stage.page.locator(".reply-menu .menu-item:has(.lucide-file-text)").click();
      await expect(stage.page.locator(".document-page .katex").last()).toBeVisible();
      return () => stage.page.keyboard.press("Escape");
    },
    subject: (page) => page.locator(".reply-document"),
  },
  {
    name: "answers/versions",
    home: "used",
    show: async (stage) => {
      const { page } = stage;
      await ask(stage);
      await writeNext(stage.home, { answer: answer.replace("24", "42").replace("| 10 | 100 | ten |", "") });
      await replies(page).last().locator(".reply-actions .lucide-refresh-cw").click();
      await expect(replies(page).last()).toContainText("2/2");
      await openMenu(stage);
      await page.locator(".reply-menu .menu-item:has(.lucide-diff)").click();
      await expect(page.locator(".reply-versions ins").first()).toBeVisible();
      return () => page.keyboard.press("Escape");
    },
    subject: (page) => page.locator(".reply-versions"),
  },
];
