import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Returns by name the chat templates with which llama.cpp tests itself, from the sources in node-llama-cpp's package.
 */
export function readPublishedTemplates(): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "templates-"));
  try {
    const library = dirname(fileURLToPath(import.meta.resolve("node-llama-cpp")));
    const bundle = join(library, "..", "llama", "gitRelease.bundle");
    execFileSync("git", ["clone", "-q", "--no-checkout", bundle, folder], { stdio: "ignore" });
    execFileSync("git", ["-C", folder, "checkout", "-q", "HEAD", "--", "models/templates"], { stdio: "ignore" });
    const templates = join(folder, "models", "templates");
    const files = readdirSync(templates).filter((name) => name.endsWith(".jinja"));
    return new Map(files.map((name) => [basename(name, ".jinja"), readFileSync(join(templates, name), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Templates that require tools: they loop over the tools without checking for any. They get an empty list. */
export const madeForTools: ReadonlySet<string> = new Set([
  "CohereForAI-c4ai-command-r-plus-tool_use",
  "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use",
  "NousResearch-Hermes-3-Llama-3.1-8B-tool_use",
  "fireworks-ai-llama-3-firefunction-v2",
  "meetkai-functionary-medium-v3.1",
]);

/** Templates that refuse a system message. */
export const withoutSystemRole: ReadonlySet<string> = new Set(["google-gemma-2-2b-it"]);

/**
 * What Python's jinja2 3.1.6, configured as in transformers, renders for each template: the text after the last
 * question if thinking is left to the model, and the first half of the SHA-256 over all renderings of
 * `templates.test.ts`, joined by NUL.
 */
export const expectedRenderings: Readonly<Record<string, readonly [opening: string, sha256: string]>> = {
  "Apertus-8B-Instruct": ["<|user_end|><|assistant_start|>", "b83befb1c0ac94f6"],
  "Apriel-1.6-15b-Thinker-fixed": ["\n<|begin_assistant|>\nHere are my reasoning steps:\n", "d2870ff0a41356bc"],
  "Bielik-11B-v3.0-Instruct": ["<|im_end|>\n<|im_start|>assistant\n", "487b2e34aad75495"],
  "ByteDance-Seed-OSS": ["<seed:eos><seed:bos>assistant\n", "e6081058a6142c1b"],
  Cohere2MoE: [
    "<|END_TEXT|><|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_THINKING|>",
    "0c7e82345009dff7",
  ],
  "CohereForAI-c4ai-command-r-plus-tool_use": [
    '<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>Write \'Action:\' followed by a json-formatted list of actions that you want to perform in order to produce a good response to the user\'s last input. You can use any of the supplied tools any number of times, but you should aim to execute the minimum number of necessary actions for the input. You should use the `directly-answer` tool if calling the other tools is unnecessary. The list of actions you want to call should be formatted as a list of json objects, for example:\n```json\n[\n    {\n        "tool_name": title of the tool in the specification,\n        "parameters": a dict of parameters to input into the tool as they are defined in the specs, or {} if it takes no parameters\n    }\n]```<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
    "b5dbcbe61c7231ac",
  ],
  "CohereForAI-c4ai-command-r7b-12-2024-tool_use": [
    "<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_THINKING|><|END_THINKING|>",
    "ef1c17ebf562e9d0",
  ],
  "GLM-4.6": ["<|assistant|>", "fa2871ea6538d512"],
  "GLM-4.7-Flash": ["<|assistant|><think>", "5ea3b716e39657a2"],
  "GigaChat3-10B-A1.8B": ["<|message_sep|>\n\nassistant<|role_sep|>\n", "42229e26dbf8bebc"],
  "GigaChat3.1-10B-A1.8B": ["<|message_sep|>\n\nassistant<|role_sep|>\n", "42229e26dbf8bebc"],
  "HuggingFaceTB-SmolLM3-3B": ["<|im_end|>\n<|im_start|>assistant\n", "19f7ca2b0d70083d"],
  "Kimi-K2-Instruct": ["<|im_end|><|im_assistant|>assistant<|im_middle|>", "61186e017ba23f61"],
  "Kimi-K2-Thinking": ["<|im_end|><|im_assistant|>assistant<|im_middle|>", "4c5f8d0ea534e863"],
  "Kimi-K3": [
    '<|close|>message<|sep|><|end_of_msg|><|open|>message role="assistant"<|sep|><|open|>think<|sep|>',
    "fea0ce08bc5c8444",
  ],
  "LFM2-8B-A1B": ["<|im_end|>\n<|im_start|>assistant\n", "c87866e6df71d06f"],
  "LFM2.5-8B-A1B": ["<|im_end|>\n<|im_start|>assistant\n", "c87866e6df71d06f"],
  "LFM2.5-Instruct": ["<|im_end|>\n<|im_start|>assistant\n", "c87866e6df71d06f"],
  "MiMo-VL": ["<|im_end|>\n<|im_start|>assistant\n", "df59a6001e48e70c"],
  "MiniMax-M1": ["<end_of_sentence>\n<beginning_of_sentence>ai name=assistant\n", "2b3dda274f5197ac"],
  "MiniMax-M2": ["[e~[\n]~b]ai\n<think>\n", "ea9cc3916cd8906e"],
  "MiniMax-M3": ["[e~[\n]~b]ai\n", "334f8b8543841d2a"],
  "Mistral-Small-3.2-24B-Instruct-2506": ["[/INST]", "095867b8307b4483"],
  "NVIDIA-Nemotron-3-Nano-30B-A3B-BF16": ["<|im_end|>\n<|im_start|>assistant\n<think>\n", "972795786d50e938"],
  "NVIDIA-Nemotron-Nano-v2": ["\n<SPECIAL_11>Assistant\n<think>\n", "27a5a51c369ab3b3"],
  "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use": ["<|im_end|>\n<|im_start|>assistant\n", "35a865a8ca2dd78d"],
  "NousResearch-Hermes-3-Llama-3.1-8B-tool_use": ["<|im_end|>\n<|im_start|>assistant\n", "35a865a8ca2dd78d"],
  "Qwen-QwQ-32B": ["<|im_end|>\n<|im_start|>assistant\n<think>\n</think>", "d97ec6a9d5e5e5ef"],
  "Qwen-Qwen2.5-7B-Instruct": ["<|im_end|>\n<|im_start|>assistant\n", "5b08a46c98fbae26"],
  "Qwen-Qwen3-0.6B": ["<|im_end|>\n<|im_start|>assistant\n", "ba241c92b042b608"],
  "Qwen3-Coder": ["<|im_end|>\n<|im_start|>assistant\n", "c87866e6df71d06f"],
  "Qwen3.5-4B": ["<|im_end|>\n<|im_start|>assistant\n<think>\n", "c506c93ed41b5b5d"],
  "Reka-Edge": ["<sep>assistant:", "9c764628a51e6ab5"],
  "StepFun3.5-Flash": ["<|im_end|>\n<|im_start|>assistant\n<think>\n", "c3c8ed5b4fa17c63"],
  "deepseek-ai-DeepSeek-R1-Distill-Llama-8B": ["<｜Assistant｜><think>\n", "e72596ea30c307ed"],
  "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B": ["<｜Assistant｜><think>\n</think>", "341dc556a08c3d12"],
  "deepseek-ai-DeepSeek-V3.1": ["<｜Assistant｜><think></think>", "1f8384204c02cfc3"],
  "deepseek-ai-DeepSeek-V3.2": ["<｜Assistant｜><think></think>", "f8b38b9a4d18b3ac"],
  "deepseek-ai-DeepSeek-V4": ["<｜Assistant｜></think>", "cc3512dd50e7a597"],
  "deepseek-ai-DeepSeek-V4-Flash-0731": ["<｜Assistant｜></think>", "cc3512dd50e7a597"],
  "fireworks-ai-llama-3-firefunction-v2": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "87cbb7f39c294e67",
  ],
  "google-gemma-2-2b-it": ["<end_of_turn>\n<start_of_turn>model\n", "51bc9d095fb8cf1a"],
  "google-gemma-4-31B-it": ["<turn|>\n<|turn>model\n<|channel>thought\n<channel|>", "5ed00ca22d60d5cb"],
  "google-gemma-4-31B-it-interleaved": ["<turn|>\n<|turn>model\n<|channel>thought\n<channel|>", "5ed00ca22d60d5cb"],
  "ibm-granite-granite-3.3-2B-Instruct": [
    "<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
    "8f671a8334637912",
  ],
  "ibm-granite-granite-4.0": ["<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>", "153b8e1f08648b84"],
  "ibm-granite-granite-4.1": ["<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>", "b8a09f6dede0f7dd"],
  "llama-cpp-deepseek-r1": ["<｜end▁of▁sentence｜><｜Assistant｜><think>\n", "281079332a1d67e7"],
  "llama-cpp-rwkv-world": ["\n\nAssistant:", "f35d4abfff29bcbb"],
  "meetkai-functionary-medium-v3.1": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "0327c66eee376573",
  ],
  "meetkai-functionary-medium-v3.2": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n>>>",
    "62f18b091401f3ad",
  ],
  "meta-llama-Llama-3.1-8B-Instruct": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "ca36638bba229a7b",
  ],
  "meta-llama-Llama-3.2-3B-Instruct": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "685601601ce8a238",
  ],
  "meta-llama-Llama-3.3-70B-Instruct": [
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "ca36638bba229a7b",
  ],
  "microsoft-Phi-3.5-mini-instruct": ["<|end|>\n<|assistant|>\n", "77eeba9bc26ad7c1"],
  "mistralai-Ministral-3-14B-Reasoning-2512": ["[/INST]", "579e58cec578326c"],
  "mistralai-Mistral-Nemo-Instruct-2407": ["[/INST]", "04cce4e7be265a2f"],
  "moonshotai-Kimi-K2": ["<|im_end|><|im_assistant|>assistant<|im_middle|>", "d96af88469d0d157"],
  "muse-glimmer": ["<|eot|><|start|>assistant", "990757ba47c27e67"],
  "openai-gpt-oss-120b": ["<|end|><|start|>assistant", "d0fe3b847d9a43a1"],
  "openbmb-MiniCPM5-1B": ["<|im_end|>\n<|im_start|>assistant\n", "5697f4ddb0d49cde"],
  "poolside-Laguna-S-2.1": ["</user>\n<assistant><think>", "89c971591f8da5c8"],
  "poolside-Laguna-XS-2.1": ["\n</user>\n<assistant>\n</think>", "6fe38cad2d0d9a16"],
  "poolside-Laguna-XS.2": ["\n</user>\n<assistant>\n</think>", "9b9079b9b39fbbd8"],
  "tencent-Hy3": ["<｜hy_Assistant:opensource｜><think:opensource></think:opensource>", "0fcbfda17429aa5b"],
  "unsloth-Apriel-1.5": ["\n<|end|>\n<|assistant|>\n", "9d34c10766ebe39f"],
  "unsloth-mistral-Devstral-Small-2507": ["[/INST]", "9819dbf8da280f2d"],
  "upstage-Solar-Open-100B": ["<|end|><|begin|>assistant", "7c15484e076cc11a"],
};
