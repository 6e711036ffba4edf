import { expect, test } from "vitest";
import { apiPrograms, apiSnippet } from "../../../renderer/features/settings/apiSnippet.ts";

const facts = { address: "http://127.0.0.1:8321/v1", modelId: "r1-nano", contextSize: 2048 };

test.each(apiPrograms)("the snippet for %s has the address, the model and no key", (program) => {
  const { code } = apiSnippet(program, facts);
  expect(code).toContain("http://127.0.0.1:8321/v1");
  if (program !== "openWebUi") expect(code).toContain("r1-nano");
  if (program !== "zed") expect(code).toContain("YOUR_KEY");
});

test("Zed is told the context, and to send no tools", () => {
  const { code } = apiSnippet("zed", facts);
  expect(JSON.parse(code)).toEqual({
    language_models: {
      openai_compatible: {
        "R1 Workbench": {
          api_url: "http://127.0.0.1:8321/v1",
          available_models: [
            {
              name: "r1-nano",
              max_tokens: 2048,
              capabilities: { tools: false, images: false, parallel_tool_calls: false, prompt_cache_key: false },
            },
          ],
        },
      },
    },
  });
});

test("Continue is told the context, so that it does not send more than fits", () => {
  const { code } = apiSnippet("continue", facts);
  expect(code).toMatch(/\n {4}apiKey: YOUR_KEY\n {4}defaultCompletionOptions:\n {6}contextLength: 2048$/);
});

test("a model's id cannot end the text that it stands in", () => {
  const modelId = `a'"$(id)\`b`;
  expect(apiSnippet("curl", { ...facts, modelId }).code).toContain(`"a'\\''\\"$(id)\`b"`);
  expect(apiSnippet("python", { ...facts, modelId }).code).toContain(`model="a'\\"$(id)\`b",`);
});
