import { describe, expect, it } from "vitest";
import { templatePrompt } from "../../../electron/engine/prompt/templatePrompt.ts";
import { catalogues } from "../../../electron/texts/catalogues.ts";
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

  it("removes a BOS that the template writes itself", () => {
    const { segments } = build("{{ bos_token }}{{ messages[0].content }}", [user("a")]);
    expect(segments.map((segment) => ("text" in segment ? segment.text : "BOS")).join("|")).toBe("BOS||a|");
  });

  it("leaves out earlier thoughts with the line breaks after them, and leaves the rest to the template", () => {
    const texts = (content: string) =>
      build(chatml, [user("q"), { role: "assistant", content }, user("r")]).segments.filter(
        ({ kind }) => kind === "text",
      );
    expect(texts("<think>\na\n</think>\n\nb ")[1]).toEqual({ kind: "text", text: "b " });
    expect(texts("<think>\nnever closed")[1]).toEqual({ kind: "text", text: "" });
    expect(texts("\n\nb </think> c")[1]).toEqual({ kind: "text", text: "\n\nb </think> c" });
  });

  it("follows templates that trim", () => {
    const { segments } = build("{{ messages[0].content | trim }}!", [user("  a  ")]);
    expect(segments).toContainEqual({ kind: "text", text: "a" });
  });

  it("tells the template whether to think, and detects when it opens the thought", () => {
    const template =
      "{{ messages[0].content }}{% if enable_thinking is defined and enable_thinking %}<think>\n{% endif %}";
    expect(build(template, [user("a")], "on").opensThought).toBe(true);
    expect(build(template, [user("a")], "off").opensThought).toBe(false);
  });

  it("passes no tools and documents, and both names of the thinking switch", () => {
    const text = (template: string, thinking: "on" | "off" | "auto" = "auto") =>
      build(template, [user("hi")], thinking)
        .segments.map((segment) => ("text" in segment ? segment.text : ""))
        .join("");
    const loop = "{% for m in messages %}{{ m.content }}{% endfor %}";
    expect(text(`{% if tools is not none and tools | length > 0 %}[tools]{% endif %}${loop}`)).toBe("hi");
    expect(text(`{% if documents is not none %}{% for d in documents %}D{% endfor %}{% endif %}${loop}`)).toBe("hi");
    expect(text(`{% for tool in tools %}T{% endfor %}${loop}`)).toBe("hi");
    const either = "{{ thinking is defined }}{{ enable_thinking is defined }}";
    expect(text(`${either}${loop}`)).toBe("falsefalsehi");
    for (const name of ["thinking", "enable_thinking"]) {
      expect(text(`${loop}{% if ${name} %}<think>{% else %}<think></think>{% endif %}`, "on")).toBe("hi<think>");
      expect(text(`${loop}{% if ${name} %}<think>{% else %}<think></think>{% endif %}`, "off")).toBe(
        "hi<think></think>",
      );
    }
  });

  it("puts the system prompt into the first question if there is no system role", () => {
    const refuses = "{% if messages[0].role == 'system' %}{{ raise_exception('no system role here') }}{% endif %}";
    const silent = "{% for m in messages %}{% if m.role == 'user' %}[{{ m.content | trim }}]{% endif %}{% endfor %}";
    for (const template of [refuses + chatml, silent]) {
      const { segments } = build(template, [{ role: "system", content: " Be brief. " }, user("hi"), user("there")]);
      const texts = segments.flatMap((segment) => (segment.kind === "text" ? [segment.text.trim()] : []));
      expect(texts).toEqual(["Be brief. \n\nhi", "there"]);
    }
  });

  it("reports a refusal in the template's own words, and does not call the template damaged", () => {
    const template = "{{ raise_exception('Roles must alternate') }}";
    expect(() => build(template, [user("hi")])).toThrowError(
      expect.objectContaining({ message: expect.stringContaining("Roles must alternate") }),
    );
    expect(catalogues.en.failures["model-template-failed"].next).not.toMatch(/damaged/);
  });

  it("supports format() and dicts with whole-number keys", () => {
    const text = (template: string) =>
      build(`${template}{{ messages[0].content }}`, [user("")])
        .segments.map((segment) => ("text" in segment ? segment.text : ""))
        .join("");
    expect(text("{{ '<a{}>{{}}'.format('b') }}")).toBe("<ab>{}");
    expect(text("{{ '{1}{0}{n}{}'.format(1, 'x', n=true) }}")).toBe("x1True1");
    expect(
      text(
        "{% set d = {0: 'a', 16: 'b', 4: 'c'} %}{{ d[16] }}{% for k, v in d | dictsort %}{{ k }}{{ v }}{% endfor %}",
      ),
    ).toBe("b0a4c16b");
    expect(
      text(
        "{% set d = {2: 'a'} %}{% for k in d %}{{ k + 1 }}{% endfor %}{{ d.get(3, 'none') }}{{ d.items() | length }}",
      ),
    ).toBe("3none1");
  });

  it("refuses a loop with too many steps before it begins", () => {
    expect(() => build("{% for i in range(1000000000) %}x{% endfor %}", [user("hi")])).toThrowError(
      expect.objectContaining({ code: "model-template-failed" }),
    );
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
