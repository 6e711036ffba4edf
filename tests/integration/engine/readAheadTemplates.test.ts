import { Template } from "@huggingface/jinja";
import type { LlamaModel, Token } from "node-llama-cpp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PromptMessage, PromptParams } from "../../../electron/contract/engineProtocol.ts";
import { type LoadedModel, preparePrompt } from "../../../electron/engine/LoadedModel.ts";
import { readVocabulary } from "../../../electron/engine/prompt/readVocabulary.ts";
import { readAhead } from "../../../electron/engine/read/readAhead.ts";
import { ReadingPace } from "../../../electron/engine/read/ReadingPace.ts";
import { openVocabulary } from "../../support/engine/openVocabulary.ts";
import { madeForTools, readPublishedTemplates, withoutSystemRole } from "../../support/engine/publishedTemplates.ts";
import { r1Templates } from "../../support/engine/r1Templates.ts";
import { writeR1Vocabularies } from "../../support/engine/r1Vocabularies.ts";

// What is read ahead must begin the next prompt whatever is asked, for the vocabularies of all R1 models and for other
// models' templates. Nothing is evaluated: a sequence that only keeps its tokens stands in for the model's.

const user = (content: string): PromptMessage => ({ role: "user", content });
const assistant = (content: string): PromptMessage => ({ role: "assistant", content });
const system = (content: string): PromptMessage => ({ role: "system", content });

const thought = "<think>\nTwo and two is 4. Let me check: 2 + 2 = 4.\n</think>";
const chats: [name: string, messages: PromptMessage[]][] = [
  ["one turn", [user("What is 2 + 2?"), assistant(`${thought}\n\nIt is **4**.`)]],
  [
    "many turns",
    [
      user("Hi"),
      assistant(`${thought}\n\nHello`),
      user("2 + 2?"),
      assistant("4 "),
      user("So?"),
      assistant("\n\n四👍🏽"),
    ],
  ],
  ["a system prompt", [system("Answer in one word.\n"), user("2 + 2?"), assistant(`${thought}\n\nFour`)]],
  ["an answer that ends in line breaks", [user("2 + 2?"), assistant("4\n\n")]],
];
/** Their beginnings could merge with what stands before them. */
const questions = [
  "0",
  "a",
  " a",
  "\n",
  "ing",
  "?",
  "漢字",
  "👍🏽",
  "<think>",
  "</think>\n",
  "<｜User｜>",
  "user\n",
  "x".repeat(300),
];
const thinkings: PromptParams["thinking"][] = ["on", "off", "auto"];

interface Scene {
  loaded: LoadedModel;
  /** What was read. */
  read: () => Token[];
}

function scene(model: LlamaModel, params: Pick<LoadedModel["params"], "family" | "chatTemplate">): Scene {
  let tokens: Token[] = [];
  const sequence = {
    get nextTokenIndex() {
      return tokens.length;
    },
    adaptStateToTokens(wanted: Token[]) {
      const different = tokens.findIndex((token, index) => token !== wanted[index]);
      if (different !== -1) tokens = tokens.slice(0, different);
      return Promise.resolve();
    },
    evaluateWithoutGeneratingNewTokens(more: Token[]) {
      tokens = [...tokens, ...more];
      return Promise.resolve();
    },
  };
  const context = { contextSize: 16_384, batchSize: 512 };
  const vocabulary = readVocabulary(model);
  const loaded = { params, model, sequence, context, vocabulary, pace: new ReadingPace() } as unknown as LoadedModel;
  return { loaded, read: () => tokens };
}

const signal = new AbortController().signal;
const published = [...readPublishedTemplates()].filter(([template]) => !madeForTools.has(template));
const vocabularies = writeR1Vocabularies();
afterAll(() => vocabularies.dispose());

describe.each(["qwen", "llama", "deepseek"] as const)("R1 with the vocabulary of %s", (name) => {
  let model: LlamaModel;
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    ({ model, dispose } = await openVocabulary(vocabularies.paths[name]));
  });
  afterAll(() => dispose());

  it.each(chats)(
    "%s: reads all but the question, and what it reads begins every template's prompt",
    async (_, messages) => {
      const { loaded, read } = scene(model, { family: "r1", chatTemplate: null });
      const special = loaded.vocabulary.special;
      const done = await readAhead(loaded, { chat: "x", messages, thinking: "on" }, signal);
      const ahead = read();
      expect(done).toEqual({ promptTokens: ahead.length, readTokens: ahead.length, complete: true });
      expect(ahead.at(-1)).toBe(special.get("<｜User｜>"));
      expect(ahead.filter((token) => token === special.get("<｜end▁of▁sentence｜>"))).toHaveLength(
        messages.filter(({ role }) => role === "assistant").length,
      );
      expect(ahead).not.toContain(special.get("<think>"));
      for (const question of questions) {
        for (const thinking of thinkings) {
          const prompt = await preparePrompt(loaded, { messages: [...messages, user(question)], thinking });
          expect(prompt.tokens.slice(0, ahead.length), question).toEqual(ahead);
        }
      }
      for (const [release, source] of Object.entries(r1Templates)) {
        const next = [...messages, user("And 3 + 3?")];
        const values = { messages: next, add_generation_prompt: true, bos_token: model.tokens.bosString };
        const tokens = model.tokenize(new Template(source).render(values), true);
        expect(tokens.slice(0, ahead.length), release).toEqual(ahead);
      }
    },
  );
});

describe.each(["qwen", "llama"] as const)("other templates with the vocabulary of %s", (name) => {
  let model: LlamaModel;
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    ({ model, dispose } = await openVocabulary(vocabularies.plainPaths[name]));
  });
  afterAll(() => dispose());

  const templates = published.filter(([template]) => name === "qwen" || template.startsWith("meta-llama"));
  it.each(templates)("%s: what is read begins every next prompt", async (template, chatTemplate) => {
    for (const [, messages] of chats.slice(1, 3)) {
      if (withoutSystemRole.has(template) && messages[0]?.role === "system") continue;
      for (const thinking of ["on", "auto"] as const) {
        const { loaded, read } = scene(model, { family: "other", chatTemplate });
        const done = await readAhead(loaded, { chat: "x", messages, thinking }, signal);
        const ahead = read();
        expect(done).toEqual({ promptTokens: ahead.length, readTokens: ahead.length, complete: true });
        for (const question of questions.slice(2, 6)) {
          const prompt = await preparePrompt(loaded, { messages: [...messages, user(question)], thinking });
          expect(prompt.tokens.slice(0, ahead.length), `${thinking} ${question}`).toEqual(ahead);
        }
      }
    }
  });

  it("of the model's own, everything up to the question is read", async () => {
    const opening = name === "qwen" ? "<|im_start|>" : "<|start_header_id|>";
    const ending = name === "qwen" ? "<|im_end|>" : "<|eot_id|>";
    const own = templates.find(
      ([template]) => template === (name === "qwen" ? "Qwen-Qwen2.5-7B-Instruct" : "meta-llama-Llama-3.1-8B-Instruct"),
    );
    expect(own).toBeDefined();
    const { loaded, read } = scene(model, { family: "other", chatTemplate: own?.[1] ?? "" });
    const [, messages] = chats[1] ?? ["", []];
    await readAhead(loaded, { chat: "x", messages, thinking: "auto" }, signal);
    const { special } = loaded.vocabulary;
    const openings = read().filter((token) => token === special.get(opening)).length;
    const endings = read().filter((token) => token === special.get(ending)).length;
    // Each message is closed, and the one of the next question is open; Llama's header ends with another special token.
    expect(openings).toBe(endings + 1);
    expect(read().slice(-3)).toContain(special.get(opening));
  });
});
