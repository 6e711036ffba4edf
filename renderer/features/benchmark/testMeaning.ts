import { count, tokens } from "../../parts/figures.ts";

interface NamedTest {
  /** As llama-bench writes it: "pp512". */
  name: string;
  depth: number;
}

/** A test in words: "reading 512 tokens", "reading 1,280 tokens, then writing 3,072". */
export function testMeaning({ name }: NamedTest): string {
  const [, read, written] = /^(?:pp(\d+))?\+?(?:tg(\d+))?$/.exec(name) ?? [];
  if (read !== undefined && written !== undefined) {
    return `reading ${tokens(Number(read))}, then writing ${count(Number(written))}`;
  }
  if (read !== undefined) return `reading ${tokens(Number(read))}`;
  return written === undefined ? name : `writing ${tokens(Number(written))}`;
}

/** "pp512", "tg128 at depth 2,048". */
export const testText = ({ name, depth }: NamedTest): string =>
  depth === 0 ? name : `${name} at depth ${count(depth)}`;
