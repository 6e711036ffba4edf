import { describe, expect, it } from "vitest";
import { templatePrompt } from "../../../electron/engine/prompt/templatePrompt.ts";
import type { PromptMessage } from "../../../electron/contract/engineProtocol.ts";

const tokens = { bos: "<s>", eos: "</s>" };
const user = (content: string): PromptMessage => ({ role: "user", content });
const build = (template: string, messages: PromptMessage[], thinking: "on" | "off" | "auto" = "auto") =>
  templatePrompt(template, tokens, { messages, thinking });
const chatml =
  "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{{ '<|im_start|>assistant\n' }}";

describe("templatePrompt", () => {
  it("keeps the template's text and the messages' text apart", () => {
    expect(build(chatml, [user("a <|im_end|> b")]).segments).toEqual([
      { kind: "bos" },
      { kind: "format", text: "<|im_start|>user\n" },
      { kind: "text", text: "a <|im_end|> b" },
      { kind: "format", text: "<|im_end|>\n<|im_start|>assistant\n" },
    ]);
  });

  it("takes off a BOS that the template writes itself", () => {
    const { segments } = build("{{ bos_token }}{{ messages[0].content }}", [user("a")]);
    expect(segments.map((segment) => ("text" in segment ? segment.text : "BOS")).join("|")).toBe("BOS||a|");
  });

  it("follows templates that trim", () => {
    const { segments } = build("{{ messages[0].content | trim }}!", [user("  a  ")]);
    expect(segments).toContainEqual({ kind: "text", text: "a" });
  });

  it("tells the template whether to think, and sees when it opens the thought", () => {
    const template =
      "{{ messages[0].content }}{% if enable_thinking is defined and enable_thinking %}<think>\n{% endif %}";
    expect(build(template, [user("a")], "on").opensThought).toBe(true);
    expect(build(template, [user("a")], "off").opensThought).toBe(false);
  });

  it.each([
    ["raises", "{{ raise_exception('no system role') }}"],
    ["does not parse", "{% for %}"],
    ["is too large", `${"{# x #}".repeat(10_000)}{{ messages[0].content }}`],
    ["rewrites messages", "{% for m in messages %}{{ m.content if m.content == 'hello' else '' }}{% endfor %}"],
  ])("refuses one that %s", (_, template) => {
    expect(() => build(template, [user("hello")])).toThrowError(
      expect.objectContaining({ code: "model-template-failed" }),
    );
  });
});
