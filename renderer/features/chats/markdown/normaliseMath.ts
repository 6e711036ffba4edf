import { closes, openingFence } from "./splitBlocks.ts";

/** Longer than this is not math but an attack on the typesetter; it stays text. */
export const maxMathChars = 10_000;
const maxBoxedChars = 1_000;

/**
 * Writes R1's math, `\( \)`, `\[ \]`, `$$ $$` and a bare `\boxed{}`, in the one form that remark-math reads
 * without single dollars, so that prices stay prices. Code is left alone, and so is math that has no end.
 */
export function normaliseMath(markdown: string): string {
  if (!/\\[([]|\$\$|\\boxed/.test(markdown)) return markdown;
  const out: string[] = [];
  let prose: string[] = [];
  let fence: ReturnType<typeof openingFence> = null;
  const flushProse = (): void => {
    if (prose.length > 0) out.push(normaliseProse(prose.join("\n")));
    prose = [];
  };
  for (const line of markdown.split("\n")) {
    if (fence) {
      out.push(line);
      if (closes(fence, line)) fence = null;
      continue;
    }
    fence = openingFence(line);
    if (fence) {
      flushProse();
      out.push(line);
    } else prose.push(line);
  }
  flushProse();
  return out.join("\n");
}

interface Token {
  start: number;
  end: number;
  text: string;
}

// `\\` comes first, so that a LaTeX line break before a bracket is never taken for a delimiter.
const tokenPattern = /\\\\|\\[()[\]]|\\boxed[ \t]*\{|\${2,}|\\?`+|\n[ \t>]*(?=\n)/g;

/** Text without fenced code. One pass: for every opening, the position of its closing is looked up, not searched. */
function normaliseProse(prose: string): string {
  const tokens: Token[] = [];
  for (const match of prose.matchAll(tokenPattern)) {
    tokens.push({ start: match.index, end: match.index + match[0].length, text: match[0] });
  }
  const closings = nextOfEach(tokens);
  const out: string[] = [];
  let position = 0;
  let lineStart = 0;
  let lineEnd = prose.indexOf("\n");
  for (const [index, token] of tokens.entries()) {
    while (lineEnd !== -1 && lineEnd < token.start) {
      lineStart = lineEnd + 1;
      lineEnd = prose.indexOf("\n", lineStart);
    }
    if (token.start < position) continue;
    const next = closings[index] ?? new Map();
    const skipTo = codeSpanEnd(token, next);
    if (skipTo !== null) {
      out.push(prose.slice(position, skipTo));
      position = skipTo;
      continue;
    }
    const lineBefore = prose.slice(lineStart, token.start);
    const math = mathAt(prose, token, next, lineBefore);
    out.push(prose.slice(position, token.start));
    position = math?.end ?? token.end;
    if (!math) {
      // A pair of dollars that closes nothing would swallow all that follows.
      out.push(token.text.startsWith("$$") ? token.text.replaceAll("$", "\\$") : token.text);
    } else if (math.isDisplay) {
      const { text, end } = display(prose, math, lineBefore);
      out.push(text);
      position = end;
    } else out.push(inline(math.tex, lineBefore));
  }
  out.push(prose.slice(position));
  return out.join("");
}

/** For each token, where the next token of each text starts, looking forward. */
type Next = ReadonlyMap<string, Token>;

function nextOfEach(tokens: readonly Token[]): Next[] {
  const result: Next[] = Array.from(tokens, () => new Map());
  // Shared while nothing is added: a snapshot per token would make long texts quadratic.
  let next = new Map<string, Token>();
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    result[index] = next;
    if (!token) continue;
    next = new Map(next);
    next.set(kindOf(token), token);
  }
  return result;
}

/** Blank lines are one kind; an escaped run of backticks closes a code span like a bare one. */
function kindOf({ text }: Token): string {
  if (text.startsWith("\n")) return "blank";
  if (text.startsWith("\\boxed")) return "boxed";
  return text.startsWith("\\`") ? text.slice(1) : text;
}

function codeSpanEnd(token: Token, next: Next): number | null {
  if (!token.text.startsWith("`")) return null;
  const close = next.get(token.text);
  const paragraphEnd = next.get("blank")?.start ?? Number.POSITIVE_INFINITY;
  return close && close.start < paragraphEnd ? close.end : null;
}

interface MathSpan {
  tex: string;
  end: number;
  isDisplay: boolean;
}

function mathAt(prose: string, token: Token, next: Next, lineBefore: string): MathSpan | null {
  if (token.text.startsWith("\\boxed")) return boxedAt(prose, token);
  const closing = { "\\(": "\\)", "\\[": "\\]", $$: "$$" }[token.text];
  if (closing === undefined) return null;
  const close = next.get(closing);
  if (!close || close.start - token.end > maxMathChars) return null;
  const paragraphEnd = next.get("blank")?.start ?? Number.POSITIVE_INFINITY;
  const opensBlock =
    token.text === "\\[" || (token.text === "$$" && /^[ \t]*\n/.test(prose.slice(token.end, token.end + 200)));
  if (!opensBlock && close.start > paragraphEnd) return null;
  const tex = prose.slice(token.end, close.start);
  if (tex.trim() === "" || tex.includes("$$")) return null;
  const alone = containerOnly.test(lineBefore) && endsLine(prose, close.end);
  const isDisplay = token.text === "\\[" || (token.text === "$$" && (alone || tex.includes("\n")));
  return { tex, end: close.end, isDisplay: isDisplay && !/^[ \t>]*(?:\||#)/.test(lineBefore) };
}

/** `\boxed{…}` outside math, with its braces balanced, within one line. */
function boxedAt(prose: string, token: Token): MathSpan | null {
  let depth = 1;
  for (let at = token.end; at < prose.length && at - token.end < maxBoxedChars; at++) {
    const char = prose[at];
    if (char === "\n") return null;
    if (char === "\\") at++;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) {
      return { tex: prose.slice(token.start, at + 1), end: at + 1, isDisplay: false };
    }
  }
  return null;
}

const container = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?/;
const containerOnly = new RegExp(`${container.source}$`);

const endsLine = (prose: string, position: number): boolean =>
  /^[ \t]*(?:\n|$)/.test(prose.slice(position, position + 200));

function inline(tex: string, lineBefore: string): string {
  const flat = tex.trim().replace(/\s*\n[ \t>]*/g, " ");
  // A bar would end a table cell.
  const isCell = /^[ \t>]*\|/.test(lineBefore);
  return `$$ ${isCell ? flat.replace(/\\\|/g, "\\Vert ").replace(/\|/g, "\\vert ") : flat} $$`;
}

/** Display math on lines of its own, with the quote marks and the indentation of the line it began on. */
function display(prose: string, math: MathSpan, lineBefore: string): { text: string; end: number } {
  const indent = (container.exec(lineBefore)?.[0] ?? "").replace(/[^\s>]/g, " ");
  // A full stop after the formula belongs to it, as in print.
  const [after = "", stop = ""] = /^[ \t]*([.,;:](?=\s|$))?[ \t]*/.exec(prose.slice(math.end, math.end + 200)) ?? [];
  const body = `${math.tex.trim()}${stop}`
    .split("\n")
    .map((texLine) => texLine.replace(/^[ \t>]+/, "").trimEnd())
    .filter((texLine) => texLine !== "")
    .map((texLine) => `${indent}${texLine}`)
    .join("\n");
  const end = math.end + after.length;
  const opening = containerOnly.test(lineBefore) ? "" : `\n${indent}`;
  const closing = end === prose.length || prose[end] === "\n" ? "" : `\n${indent}`;
  return { text: `${opening}$$\n${body}\n${indent}$$${closing}`, end };
}
