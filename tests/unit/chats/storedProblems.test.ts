import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Problem, toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { failureLine } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { putEarlierRows } from "../../support/chats/earlierStores.ts";

let home: string;
let store: ChatStore | null;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "stored-problems-"));
  store = null;
});
afterEach(() => {
  store?.close();
  rmSync(home, { recursive: true, force: true });
});

const opened = (): ChatStore => (store ??= new ChatStore(home));
const problemsIn = (chatId: string): (Problem | null)[] =>
  opened()
    .openChat({ chatId })
    .messages.filter(({ role }) => role === "assistant")
    .map(({ problem }) => problem);
const lines = (problems: (Problem | null)[], language: "en" | "fr"): (string | null)[] =>
  problems.map((problem) => problem && failureLine(openTexts(language), problem));

test("sentences that an earlier version stored with replies stay readable, and their rows are intact", () => {
  putEarlierRows(home, 5, "rows5.sql", "failedReplies.sql");
  const problems = problemsIn("6d34142a-4a1c-424a-ae89-ab172b4b6966");
  expect(lines(problems, "en")).toEqual([
    "The engine ran out of memory.",
    "The conversation takes 4,012 tokens and one more for the reply, but the context holds 4,096. " +
      "Choose a larger context, shorten the message, or start a new chat.",
    "The engine stopped while it was working (signal SIGKILL).",
  ]);
  // Adding a sentence in another language would not help.
  expect(lines(problems, "fr")).toEqual(lines(problems, "en"));
});

test("a failure is stored as its code and facts, and shown in the reader's language", () => {
  const { id: chatId } = opened().createChat({ thinking: "on", modelId: null });
  const { reply } = opened().beginTurn({ chatId, text: "What is 17 + 25?", model: null });
  const problem = toProblem(new WorkbenchError("model-file-unreadable", { case: "silentDisk", milliseconds: 5000 }));
  opened().finishReply({ messageId: reply.id, text: "", thought: null, state: "failed", stats: null, problem });
  opened().close();
  store = null;
  const problems = problemsIn(chatId);
  expect(problems).toEqual([{ code: "model-file-unreadable", facts: { case: "silentDisk", milliseconds: 5000 } }]);
  expect(lines(problems, "en")[0]).toMatch(/^The model file cannot be read: .* within 5\.0 s\./);
  expect(lines(problems, "fr")[0]).toContain("5,0\u00a0s");
});
