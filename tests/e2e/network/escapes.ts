import { expect } from "@playwright/test";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { escapingPage } from "../../support/preview/escapingPage.ts";
import { escapingDiagram } from "../../support/preview/hostileDiagrams.ts";
import { draftsIn } from "../support/packagedChat.ts";
import { openChat } from "../support/packagedSteps.ts";
import type { PackagedApp } from "../support/startPackaged.ts";

const pageTitle = "A page that tries to reach out";
const diagramTitle = "A diagram that tries to reach out";

/** Adds two chats to a home, in which a model has tried to get out. */
export function addEscapes(home: string): void {
  const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
  const replies = {
    [pageTitle]: fenced("html", escapingPage.trimEnd()),
    [diagramTitle]: fenced("mermaid", escapingDiagram.replaceAll("SINK", "https://diagram.attempt.example")),
  };
  const store = new ChatStore(home);
  for (const [title, text] of Object.entries(replies)) {
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    const { reply } = store.beginTurn({ chatId, text: "Write it.", model: null });
    store.finishReply({ messageId: reply.id, text, thought: null, state: "done", stats: null, problem: null });
    store.renameChat({ chatId, title });
  }
  store.close();
}

/** Shows the page, until it has tried everything and ended itself, and closes it. */
export async function showEscapingPage(app: PackagedApp, home: string): Promise<void> {
  await openChat(app, "page that tries", pageTitle);
  await expect(async () => {
    await app.press("ctrl+shift+e");
    await expect(async () => {
      // F6 goes to the tabs of a page that has ended, and the last of them is its console. There, the last thing in the
      // window is the button that puts the page's last error into the message.
      await app.press("F6", "End", "Return", "ctrl+k", "shift+Tab", "Return");
      await expectDraft(home, /Tried \d+ ways out/);
    }).toPass({ timeout: 45_000 });
  }).toPass();
  await app.press("ctrl+shift+e");
}

/** Shows the diagram, until it is drawn. */
export async function showEscapingDiagram(app: PackagedApp, home: string): Promise<void> {
  await openChat(app, "diagram that tries", diagramTitle);
  await expect(async () => {
    // From the message to the reply above it, and back with a copy of what the window says: where the code was, the
    // picture's name.
    await app.press("shift+Tab", "ctrl+a", "ctrl+c", "Tab", "ctrl+v");
    await expectDraft(home, /^Diagram$/m);
  }).toPass();
}

/** What is typed is stored within a second, but machines are busy. */
const expectDraft = (home: string, text: RegExp): Promise<void> =>
  expect.poll(() => draftsIn(home), { timeout: 5_000 }).toContainEqual(expect.stringMatching(text));
