const blank = /^[ \t]*$/;
const listMarker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const fenceOpening = /^([ \t]*)(`{3,}|~{3,})([^\n]*)$/;
const definition = /^ {0,3}\[[^\]\n]+\]:/m;

/**
 * Cuts markdown between top-level blocks, so that while a reply streams only its last block is parsed again.
 * Joined, the blocks are the text. Where a cut could change the meaning (lists, indentation, fences, link and
 * footnote definitions) it does not cut: a long block costs time, a wrong cut would cost truth. Math needs no
 * care here: normalised math holds no blank line.
 */
export function splitBlocks(markdown: string): string[] {
  if (definition.test(markdown)) return [markdown];
  const blocks: string[] = [];
  const lines = markdown.split("\n");
  let block: string[] = [];
  let fence: Fence | null = null;
  let inList = false;
  let afterBlank = false;

  for (const line of lines) {
    if (fence) {
      block.push(line);
      if (closes(fence, line)) fence = null;
      continue;
    }
    if (blank.test(line)) {
      block.push(line);
      afterBlank = true;
      continue;
    }
    const isItem = listMarker.test(line);
    if (afterBlank && block.length > 0 && !/^[ \t]/.test(line) && !(inList && isItem)) {
      blocks.push(`${block.join("\n")}\n`);
      block = [];
      inList = false;
    }
    afterBlank = false;
    inList ||= isItem;
    block.push(line);
    fence = openingFence(line);
  }
  if (block.length > 0) blocks.push(block.join("\n"));
  return blocks;
}

interface Fence {
  indent: number;
  mark: string;
}

/** The fence that a line opens; a backtick fence has no backtick after it (CommonMark 4.5). */
export function openingFence(line: string): Fence | null {
  const [, indent = "", mark = "", info = ""] =
    fenceOpening.exec(line.replace(listMarker, (item) => " ".repeat(item.length))) ?? [];
  if (mark === "" || (mark.startsWith("`") && info.includes("`"))) return null;
  return { indent: indent.length, mark };
}

export function closes(fence: Fence, line: string): boolean {
  const match = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/.exec(line);
  if (!match) return false;
  const [, indent = "", mark = ""] = match;
  return mark.startsWith(fence.mark) && indent.length <= fence.indent + 3;
}
