/** The programs for which the server's address, a model and the place of the key are written out. */
export const apiPrograms = ["curl", "python", "javascript", "continue", "zed", "openWebUi"] as const;
export type ApiProgram = (typeof apiPrograms)[number];

/** Their own names, which no language translates. */
export const apiProgramNames = {
  curl: "curl",
  python: "Python",
  javascript: "JavaScript",
  continue: "Continue",
  zed: "Zed",
  openWebUi: "Open WebUI",
} as const satisfies Record<ApiProgram, string>;

/** Stands in every snippet where the key belongs. */
export const apiKeyPlaceholder = "YOUR_KEY";

export interface ApiSnippetFacts {
  /** With the version, such as "http://127.0.0.1:8321/v1". */
  address: string;
  modelId: string;
  /** In tokens. */
  contextSize: number;
}

/** Returns what a program needs to use the server, and the language that it is written in. */
export function apiSnippet(program: ApiProgram, facts: ApiSnippetFacts): { code: string; language: string } {
  const { address, modelId, contextSize } = facts;
  const model = JSON.stringify(modelId);
  switch (program) {
    case "curl":
      return {
        language: "bash",
        code: `curl ${address}/chat/completions \\
  -H "Authorization: Bearer ${apiKeyPlaceholder}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": ${inSingleQuotes(model)}, "messages": [{"role": "user", "content": "What is 17 + 25?"}]}'`,
      };
    case "python":
      return {
        language: "python",
        code: `from openai import OpenAI

client = OpenAI(base_url="${address}", api_key="${apiKeyPlaceholder}")
stream = client.chat.completions.create(
    model=${model},
    messages=[{"role": "user", "content": "What is 17 + 25?"}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`,
      };
    case "javascript":
      return {
        language: "javascript",
        code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${address}", apiKey: "${apiKeyPlaceholder}" });
const stream = await client.chat.completions.create({
  model: ${model},
  messages: [{ role: "user", content: "What is 17 + 25?" }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");`,
      };
    case "continue":
      return {
        language: "yaml",
        code: `name: R1 Workbench
version: 0.0.1
schema: v1
models:
  - name: ${model}
    provider: openai
    model: ${model}
    apiBase: ${address}
    apiKey: ${apiKeyPlaceholder}
    defaultCompletionOptions:
      contextLength: ${contextSize}`,
      };
    case "zed": {
      const available = {
        name: modelId,
        max_tokens: contextSize,
        // Zed sends tools unless this says that there are none.
        capabilities: { tools: false, images: false, parallel_tool_calls: false, prompt_cache_key: false },
      };
      const provider = { api_url: address, available_models: [available] };
      const settings = { language_models: { openai_compatible: { "R1 Workbench": provider } } };
      return { language: "json", code: JSON.stringify(settings, null, 2) };
    }
    case "openWebUi":
      return {
        language: "bash",
        code: `export OPENAI_API_BASE_URL=${address}
export OPENAI_API_KEY=${apiKeyPlaceholder}
open-webui serve`,
      };
  }
}

/** Returns a text as it is written between single quotes of a shell. */
const inSingleQuotes = (text: string): string => text.replaceAll("'", "'\\''");
