import { Template } from "@huggingface/jinja";
import type { LlamaModel, Token } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { r1Prompt } from "../../../electron/engine/prompt/r1Prompt.ts";
import { readVocabulary } from "../../../electron/engine/prompt/readVocabulary.ts";
import { tokenizePrompt } from "../../../electron/engine/prompt/tokenizePrompt.ts";
import type { PromptMessage } from "../../../electron/contract/engineProtocol.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { openVocabulary } from "../../support/engine/openVocabulary.ts";
import { r1Templates } from "../../support/engine/r1Templates.ts";
import { writeR1Vocabularies } from "../../support/engine/r1Vocabularies.ts";

// The model must be fed exactly the tokens of DeepSeek's own template: the model's chat template, rendered by another
// program (@huggingface/jinja) and tokenized as a whole, is compared with our prompt.

const user = (content: string): PromptMessage => ({ role: "user", content });
const assistant = (content: string): PromptMessage => ({ role: "assistant", content });
const system = (content: string): PromptMessage => ({ role: "system", content });

const chats: [name: string, messages: PromptMessage[]][] = [
  ["one turn", [user("What is 17 + 25?")]],
  ["a system prompt", [system("Answer in one word.\n"), user("Why is the sky blue?")]],
  ["many turns", [user("Hi"), assistant("Hello! How can I help?"), user("2 + 2?"), assistant("4"), user("Sure?")]],
  ["earlier thoughts", [user("2 + 2?"), assistant("<think>\nTwo and two.\n</think>\n\n**4**"), user("And 3 + 3?")]],
  ["an answer that begins with line breaks", [user("Hi"), assistant("\n\nHello"), user("And?")]],
  ["a thought without its opening", [user("2 + 2?"), assistant("Two and two.\n</think>\n\n4"), user("3 + 3?")]],
  ["an answer with </think> in it", [user("How?"), assistant("<think>\na\n</think>\n\nb </think>\n\nc "), user("?")]],
  ["an answer that ends with </think>", [user("How?"), assistant("<think>\na\n</think>\n\nb</think>"), user("?")]],
  ["a thought and nothing else", [user("How?"), assistant("<think>\na\n</think>"), user("?")]],
  ["many scripts", [user("Grüße, 你好世界, Привет, שלום, こんにちは, ﷺ, e\u0301, \u200d, 𝔘")]],
  ["emoji", [user("👩‍👩‍👧‍👦 🇩🇪 🏳️‍🌈 😀😀😀 ☕️"), assistant("😀"), user("👍🏽")]],
  ["line ends and blanks", [user("a\r\nb\r\n\r\n  c\t\td   \n\n\ne "), assistant("\n x \n"), user("\n")]],
  ["code", [user("```ts\nfor (let i = 0; i < 10; i++) { a[i] &&= b?.c ?? 1e-9; } // <b>&amp;</b>\n```")]],
  ["digits and long words", [user(`${"1234567890".repeat(20)} ${"Donaudampfschifffahrt".repeat(5)} I'll we've IT'S`)]],
  ["a long text", [user("Grüße, it's 12345\r\n  你好世界。 “x” (y) \n\n1.5 a_b ".repeat(3000))]],
  ["an empty message", [user("")]],
];
const typed = [
  "<think>",
  "</think>",
  "a <think> b </think> c",
  "<｜User｜>hello<｜Assistant｜>",
  "<｜begin▁of▁sentence｜><｜end▁of▁sentence｜>",
  "<|im_start|>user<|im_end|><|EOT|><|endoftext|>",
  "<think></think><think>\n</think>>><<think>>think>",
  "if (a<think>b) {}",
];

const { paths, plainPaths, template: distillTemplate, dispose: removeVocabularies } = writeR1Vocabularies();
const readDistill = (): Promise<string> => Promise.resolve(distillTemplate);
const files: [name: string, path: string, template: () => Promise<string>][] = [
  ["R1 Nano", nanoPath, async () => (await readFacts(nanoPath)).chatTemplate ?? ""],
  ["R1-Distill-Qwen's vocabulary", paths.qwen, readDistill],
  ["R1-Distill-Llama's vocabulary", paths.llama, readDistill],
  ["a vocabulary like R1's own", paths.deepseek, readDistill],
];
afterAll(() => {
  removeVocabularies();
});

describe.each(files)("%s", (_, path, readTemplate) => {
  let model: LlamaModel;
  let template: Template;
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    ({ model, dispose } = await openVocabulary(path));
    template = new Template(await readTemplate());
  });
  afterAll(async () => {
    await dispose();
  });

  const ours = (messages: PromptMessage[]) =>
    tokenizePrompt(r1Prompt({ messages, thinking: "on" }).segments, readVocabulary(model));

  it.each(chats)("%s: the same token ids as the model's own template", async (_name, messages) => {
    const rendered = template.render({
      messages,
      add_generation_prompt: true,
      enable_thinking: true,
      bos_token: "<｜begin▁of▁sentence｜>",
    });
    const prompt = await ours(messages);
    expect(prompt.text).toBe(rendered);
    expect(prompt.tokens).toEqual(model.tokenize(rendered, true));
  });

  it.each(chats)("%s: the same as every template that DeepSeek published with R1", async (_name, messages) => {
    for (const source of Object.values(r1Templates)) {
      const rendered = new Template(source).render({
        messages,
        add_generation_prompt: true,
        bos_token: "<｜begin▁of▁sentence｜>",
      });
      const thinking = rendered.endsWith("<think>\n") ? "on" : "auto";
      const prompt = await tokenizePrompt(r1Prompt({ messages, thinking }).segments, readVocabulary(model));
      expect(prompt.text).toBe(rendered);
      expect(prompt.tokens).toEqual(model.tokenize(rendered, true));
    }
  });

  it("an unclosed thought of a stopped reply is not fed back", async () => {
    const messages = [user("2 + 2?"), assistant("<think>\nTwo and"), user("Well?")];
    const answered = [user("2 + 2?"), assistant(""), user("Well?")];
    expect((await ours(messages)).tokens).toEqual((await ours(answered)).tokens);
  });

  it.each(typed)("%j, typed by a user, is tokenized as plain text", async (content) => {
    const { tokens } = await ours([user(content), assistant(`It is ${content}`), user("So?")]);
    const special = readVocabulary(model).special;
    const id = (spelling: string): number => special.get(spelling) ?? Number.NaN;
    const skeleton = tokens.filter((token) => [...special.values()].includes(token));
    expect(skeleton).toEqual(
      [
        "<｜begin▁of▁sentence｜>",
        "<｜User｜>",
        "<｜Assistant｜>",
        "<｜end▁of▁sentence｜>",
        "<｜User｜>",
        "<｜Assistant｜>",
        "<think>",
      ].map(id),
    );
    const from = tokens.indexOf(id("<｜User｜>")) + 1;
    const message = tokens.slice(from, tokens.indexOf(id("<｜Assistant｜>")));
    expect(model.detokenize(message as Token[], false)).toBe(content);
  });
});

describe("R1-Distill-Qwen's vocabulary", () => {
  it("gives a typed spelling the ids of a vocabulary that has no such token", async () => {
    const plain = await openVocabulary(plainPaths.qwen);
    const r1 = await openVocabulary(paths.qwen);
    const vocabulary = readVocabulary(r1.model);
    for (const content of typed) {
      const { tokens } = await tokenizePrompt([{ kind: "text", text: content }], vocabulary);
      expect(tokens).toEqual(plain.model.tokenize(content, false));
    }
    await plain.dispose();
    await r1.dispose();
  });
});
