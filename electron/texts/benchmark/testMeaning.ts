import type { Texts } from "../texts.ts";
import type { NamedTest } from "./testText.ts";

/** Returns what a test does: "Reads 512 tokens into an empty context", "Writes 128 tokens after 4,096". */
export function testMeaning({ say }: Pick<Texts, "say">, { name, depth }: NamedTest): string {
  const [, prompt, generated] = /^(?:pp(\d+))?\+?(?:tg(\d+))?$/.exec(name) ?? [];
  const [read, written] = [Number(prompt ?? 0), Number(generated ?? 0)];
  if (read + written === 0) return name;
  const what =
    written === 0
      ? say("benchmark:test.reading", { read })
      : read === 0
        ? say("benchmark:test.writing", { written })
        : say("benchmark:test.both", { read, written });
  return depth === 0 ? say("benchmark:test.inEmpty", { what }) : say("benchmark:test.after", { what, depth });
}
