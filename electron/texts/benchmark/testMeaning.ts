import type { Texts } from "../texts.ts";
import type { NamedTest } from "./testText.ts";

/** Returns what a test measures: "reading 512 tokens", "reading 1,280 tokens, then writing 3,072". */
export function testMeaning({ say }: Pick<Texts, "say">, { name }: Pick<NamedTest, "name">): string {
  const [, prompt, generated] = /^(?:pp(\d+))?\+?(?:tg(\d+))?$/.exec(name) ?? [];
  const [read, written] = [Number(prompt ?? 0), Number(generated ?? 0)];
  if (read > 0 && written > 0) return say("benchmark:test.both", { read, written });
  if (read > 0) return say("benchmark:test.reading", { read });
  return written > 0 ? say("benchmark:test.writing", { written }) : name;
}
