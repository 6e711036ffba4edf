/** Returns a test's name as llama-bench prints it: "pp512", "tg128 @ d2048". */
export const llamaBenchName = ({ name, depth }: { name: string; depth: number }): string =>
  depth === 0 ? name : `${name} @ d${depth}`;
