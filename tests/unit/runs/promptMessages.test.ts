import { describe, expect, it } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { r1Prompt } from "../../../electron/engine/prompt/r1Prompt.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";

function message(role: Message["role"], text: string, thought: string | null = null): Message {
  return {
    id: text,
    chatId: "chat",
    parentId: null,
    role,
    createdAt: 0,
    text,
    thought,
    state: "done",
    model: null,
    stats: null,
    problem: null,
    version: { index: 1, count: 1, ids: [] },
  };
}

const chat = (systemPrompt: string, promptFrom: string | null = null) => ({ systemPrompt, promptFrom });

describe("promptMessages", () => {
  it("includes each reply as written, and no system prompt unless there is one", () => {
    const history = [
      message("user", "hi"),
      message("assistant", "\n\nhello ", "they greet"),
      message("user", "How?"),
      message("assistant", "So."),
      message("user", "bye"),
    ];
    const turns = [
      { role: "user", content: "hi" },
      { role: "assistant", content: "<think>\nthey greet\n</think>\n\nhello " },
      { role: "user", content: "How?" },
      { role: "assistant", content: "So." },
      { role: "user", content: "bye" },
    ];
    expect(promptMessages(chat(" \n"), history)).toEqual(turns);
    expect(promptMessages(chat("Be brief."), history)).toEqual([{ role: "system", content: "Be brief." }, ...turns]);
  });

  it.each([null, "", "a thought"])("keeps an answer that begins with <think>, after the thought %j", (thought) => {
    const answer = "<think> is the tag that opens a thought.";
    const messages = promptMessages(chat(""), [message("user", "hi"), message("assistant", answer, thought)]);
    expect(r1Prompt({ messages, thinking: "on" }).segments).toContainEqual({ kind: "text", text: answer });
  });

  it("joins a question without an answer to the next one, so that roles alternate", () => {
    const history = [message("user", "one"), message("assistant", "", "only a thought"), message("user", "two")];
    expect(promptMessages(chat(""), history)).toEqual([{ role: "user", content: "one\n\ntwo" }]);
  });

  describe("with summaries", () => {
    const summary = (text: string) => ({ text, model: { id: "nano", name: "Nano" }, createdAt: 1 });
    const turns = ["one", "two", "three"].flatMap((name) => [
      message("user", `${name}?`),
      message("assistant", `${name}!`),
    ]);
    const history = turns.map((each) =>
      /^(?:one|two)!/.test(each.text) ? { ...each, summary: summary(`sum of ${each.text}`) } : each,
    );
    const said = (promptFrom: string | null, from: readonly Message[] = history) =>
      promptMessages(chat("Be brief.", promptFrom), from).map(({ content }) => content);

    it("has the last one in place of the messages it is about, before the next question", () => {
      expect(said(null)).toEqual([
        "Be brief.",
        expect.stringMatching(/^Summary of .*:\n\nsum of two!\n\nthree\?$/),
        "three!",
      ]);
    });

    it("has none that is below the first message to send, and the one above it no more", () => {
      expect(said("two?")).toEqual(said(null));
      expect(said("three?")).toEqual(["Be brief.", "three?", "three!"]);
    });

    it("has only those of the branch", () => {
      const other = [...history.slice(0, 2), message("user", "else?")];
      expect(said(null, other)).toEqual(["Be brief.", expect.stringMatching(/sum of one!\n\nelse\?$/)]);
      expect(said(null, turns)).toHaveLength(7);
    });
  });

  it("leaves out what is before the first message to send, unless that is on another branch", () => {
    const history = [message("user", "one"), message("assistant", "1"), message("user", "two")];
    const all = promptMessages(chat("Be brief."), history);
    expect(promptMessages(chat("Be brief.", "two"), history)).toEqual([all[0], all[3]]);
    expect(promptMessages(chat("Be brief.", "elsewhere"), history)).toEqual(all);
  });
});
