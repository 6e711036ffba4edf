import { describe, expect, it } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { parseMessages } from "../../../electron/cli/readMessages.ts";

const conversation = (...messages: unknown[]) => JSON.stringify(messages);
const user = (content: unknown) => ({ role: "user", content });

describe("a conversation from a file", () => {
  it("keeps every text exactly: leaving thoughts out is up to the prompt's builder", () => {
    const messages = [
      user("<think>typed</think>"),
      { role: "assistant", content: "<think>\nx\n</think>\n\n17 < 25 " },
      user("b"),
    ];
    expect(parseMessages(conversation(...messages))).toEqual(messages);
  });

  it.each([
    ["not JSON", "{"],
    ["no list", "{}"],
    ["an empty list", "[]"],
    ["a role of another kind", conversation({ role: "system", content: "x" }, user("y"))],
    ["text that is no text", conversation(user(7))],
    ["a field too many", conversation({ ...user("x"), path: "/etc/passwd" })],
    ["the last message not the user's", conversation(user("x"), { role: "assistant", content: "y" })],
  ])("refuses %s", (_what, text) => {
    expect(() => parseMessages(text)).toThrow(expect.objectContaining({ code: "messages-invalid" }));
  });

  it("points to the help of the command that reads it", () => {
    for (const command of ["chat", "prompt"] as const) {
      const problem = problemOf("messages-invalid", { case: "notList", command });
      expect(() => parseMessages("{}", command)).toThrow(expect.objectContaining({ facts: problem.facts }));
      expect(failureText(openTexts("en"), problem).next).toBe(`Run \`r1 ${command} --help\` to see the format.`);
    }
  });

  it("refuses a last message of only spaces", () => {
    expect(() => parseMessages(conversation(user(" \n")))).toThrow(expect.objectContaining({ code: "prompt-empty" }));
  });
});
