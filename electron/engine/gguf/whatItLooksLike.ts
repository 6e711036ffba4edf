import type { FactsOf } from "../../contract/errors.ts";

type Facts = FactsOf<"model-not-gguf">;

/** Returns what a file that does not start like a GGUF file probably is, from its first bytes. Undefined if unknown. */
export function whatItLooksLike(start: Buffer): Facts | undefined {
  const text = start.toString("latin1");
  const found = signatures.find(({ pattern }) => pattern.test(text));
  if (found !== undefined) return { case: found.kind };
  return start.every((byte) => byte === 0) ? { case: "zeros" } : undefined;
}

const signatures: { pattern: RegExp; kind: Facts["case"] }[] = [
  { pattern: /^\s*<(!doctype|html|head|\?xml)/i, kind: "webPage" },
  { pattern: /^version https:\/\/git-lfs/, kind: "gitLfs" },
  { pattern: /^\s*[{[]/, kind: "json" },
  { pattern: /^PK/, kind: "zip" },
  { pattern: /^[\s\S]{8}\{"/, kind: "safetensors" },
  { pattern: /^(ggml|lmgg|fmgg|tjgg|ggjt|ggmf)/, kind: "ggml" },
];
