import type { Server, ServerDialect, ServerFindings } from "../contract/servers.ts";
import { failureText } from "./failureText.ts";
import type { Texts } from "./texts.ts";

/** The names that the programs have. One that only understands OpenAI's interface has none that is known. */
const dialectNames: Record<Exclude<ServerDialect, "other">, string> = {
  deepseek: "DeepSeek",
  "llama-server": "llama-server",
  vllm: "vLLM",
  sglang: "SGLang",
  ollama: "Ollama",
  "lm-studio": "LM Studio",
};

/** Returns what a server is called after the program that runs there, or null if that is not known. */
export const dialectName = (dialect: ServerDialect | null): string | null =>
  dialect === null || dialect === "other" ? null : dialectNames[dialect];

/** Returns a server on one line: its name, address, program, models, and where it is. */
export function serverLine(texts: Texts, server: Server): string {
  const { say } = texts;
  const { name, url, dialect, models, test, isThisMachine } = server;
  const parts = [
    name,
    url,
    dialectName(dialect),
    test.state === "never" ? say("cli:servers.untested") : say("cli:servers.models", { count: models.length }),
    say(isThisMachine ? "cli:servers.here" : "cli:servers.elsewhere"),
    test.state === "failed" ? failureText(texts, test.problem).what : null,
    test.state === "done" ? speedText(texts, test.findings) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

/** A reply that came all at once has no speed. */
function speedText({ say }: Texts, { ttftMs: ttft, tokensPerSecond: speed }: ServerFindings): string | null {
  if (ttft === null) return null;
  return speed === null ? say("cli:servers.firstToken", { ttft }) : say("cli:servers.speed", { ttft, speed });
}
