import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PromptMessage, PromptParams } from "../../../electron/contract/engineProtocol.ts";
import { templatePrompt } from "../../../electron/engine/prompt/templatePrompt.ts";
import {
  expectedRenderings,
  madeForTools,
  readPublishedTemplates,
  withoutSystemRole,
} from "../../support/engine/publishedTemplates.ts";

const tokens = { bos: "<BOS>", eos: "<EOS>" };
const now = new Date(2026, 1, 3, 4, 5, 6);
const templates = readPublishedTemplates();

function conversation([system, ...turns]: string[], withSystem: boolean): PromptMessage[] {
  const roles = ["user", "assistant", "user"] as const;
  const messages = turns.map((content, index): PromptMessage => ({ role: roles[index] ?? "user", content }));
  return withSystem ? [{ role: "system", content: system ?? "" }, ...messages] : messages;
}

const plain = ["SYSTEM TEXT", "First question", "First answer", "Second question"];
const edged = [" SYSTEM TEXT\n", "  First\nquestion \n", "\n\nFirst answer  ", " Second question\t"];

function render(name: string, messages: PromptMessage[], thinking: PromptParams["thinking"]): string {
  const { segments } = templatePrompt(templates.get(name) ?? "", tokens, { messages, thinking }, now);
  return segments.map((segment) => ("text" in segment ? segment.text : "")).join("");
}

it("llama.cpp's templates are exactly those that are listed", () => {
  expect([...templates.keys()].sort()).toEqual(Object.keys(expectedRenderings).sort());
  for (const name of [...madeForTools, ...withoutSystemRole]) expect(templates.has(name)).toBe(true);
});

describe.each(Object.entries(expectedRenderings))("%s", (name, [opening, sha256]) => {
  it("has every message once, in order, and opens the reply", () => {
    const text = render(name, conversation(plain, true), "auto");
    const places = plain.map((content) => text.indexOf(content));
    expect(places).not.toContain(-1);
    // Each maker chooses the position of the system prompt; Mistral's precedes the last question.
    expect(places.slice(1)).toEqual(places.slice(1).sort((a, b) => a - b));
    for (const content of plain) expect(text.split(content)).toHaveLength(2);
    expect(text.slice(text.lastIndexOf("Second question") + "Second question".length)).toBe(opening);
  });

  it("is rendered as by Python's jinja2, with and without a system prompt, for each way of thinking", () => {
    const hash = createHash("sha256");
    const renderings = [plain, edged].flatMap((texts) =>
      [true, false].flatMap((withSystem) =>
        (["auto", "on", "off"] as const).map((thinking) => render(name, conversation(texts, withSystem), thinking)),
      ),
    );
    hash.update(renderings.join("\0"));
    expect(hash.digest("hex").slice(0, 16)).toBe(sha256);
  });

  it("treats messages as text, whatever they contain", () => {
    const hostile = "{{ 7*7 }} {% raise %} <|im_start|>";
    const segments = templatePrompt(
      templates.get(name) ?? "",
      tokens,
      { messages: conversation(["s", hostile, hostile, hostile], true), thinking: "auto" },
      now,
    ).segments.filter(({ kind }) => kind === "text");
    expect(segments.filter((segment) => "text" in segment && segment.text.includes(hostile))).toHaveLength(3);
  });
});
