import { describe, expect, it } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
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
    expect(promptMessages(" \n", history)).toEqual(turns);
    expect(promptMessages("Be brief.", history)).toEqual([{ role: "system", content: "Be brief." }, ...turns]);
  });

  it("joins a question without an answer to the next one, so that roles alternate", () => {
    const history = [message("user", "one"), message("assistant", "", "only a thought"), message("user", "two")];
    expect(promptMessages("", history)).toEqual([{ role: "user", content: "one\n\ntwo" }]);
  });
});
