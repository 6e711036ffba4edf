import type { Texts } from "../texts.ts";

/** A test named as in llama-bench: "pp512". */
export interface NamedTest {
  name: string;
  depth: number;
}

/** Returns "pp512", or "tg128 at depth 2,048". */
export const testText = ({ say }: Pick<Texts, "say">, { name, depth }: NamedTest): string =>
  depth === 0 ? name : say("benchmark:test.deep", { test: name, depth });
