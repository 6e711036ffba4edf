import { closes, openingFence } from "./splitBlocks.ts";

/** Longer than this is not math but an attack on the typesetter; it stays text. */
export const maxMathChars = 10_000;

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
  let out = "";
  let position = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token || token.start < position) continue;
    const skipTo = codeSpanEnd(token, closings[index]);
    if (skipTo !== null) {
      out += prose.slice(position, skipTo);
      position = skipTo;
      continue;
    }
    const math = mathAt(prose, token, closings[index]);
    if (!math) {
      // A pair of dollars that closes nothing would swallow all that follows.
      if (token.text.startsWith("$$")) {
        out += prose.slice(position, token.start) + token.text.replaceAll("$", "\\$");
        position = token.end;
      }
      continue;
    }
    out += prose.slice(position, token.start);
    if (math.isDisplay) ({ out, position } = appendDisplay(out, prose, math));
    else {
      out += inline(math.tex, lineOf(prose, token.start));
      position = math.end;
    }
  }
  return out + prose.slice(position);
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

function codeSpanEnd(token: Token, next: Next | undefined): number | null {
  if (!token.text.startsWith("`")) return null;
  const close = next?.get(token.text);
  const paragraphEnd = next?.get("blank")?.start ?? Number.POSITIVE_INFINITY;
  return close && close.start < paragraphEnd ? close.end : null;
}

interface MathSpan {
  tex: string;
  end: number;
  isDisplay: boolean;
}

function mathAt(prose: string, token: Token, next: Next | undefined): MathSpan | null {
  if (token.text.startsWith("\\boxed")) return boxedAt(prose, token);
  const closing = { "\\(": "\\)", "\\[": "\\]", $$: "$$" }[token.text];
  if (closing === undefined) return null;
  const close = next?.get(closing);
  if (!close || close.start - token.end > maxMathChars) return null;
  const paragraphEnd = next?.get("blank")?.start ?? Number.POSITIVE_INFINITY;
  const opensBlock =
    token.text === "\\[" || (token.text === "$$" && /^[ \t]*\n/.test(prose.slice(token.end, token.end + 200)));
  if (!opensBlock && close.start > paragraphEnd) return null;
  const tex = prose.slice(token.end, close.start);
  if (tex.trim() === "" || tex.includes("$$")) return null;
  const alone = isAlone(prose, token.start, close.end);
  const isDisplay = token.text === "\\[" || (token.text === "$$" && (alone || tex.includes("\n")));
  return { tex, end: close.end, isDisplay: isDisplay && !/^[ \t>]*(?:\||#)/.test(lineOf(prose, token.start)) };
}

/** `\boxed{…}` outside math, with its braces balanced, within one line. */
function boxedAt(prose: string, token: Token): MathSpan | null {
  let depth = 1;
  for (let at = token.end; at < prose.length && at - token.end < maxMathChars; at++) {
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

function isAlone(prose: string, start: number, end: number): boolean {
  const before = prose.slice(prose.lastIndexOf("\n", start - 1) + 1, start);
  const newline = prose.indexOf("\n", end);
  const after = prose.slice(end, newline === -1 ? undefined : newline);
  return /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/.test(before) && after.trim() === "";
}

function lineOf(prose: string, position: number): string {
  return prose.slice(prose.lastIndexOf("\n", position - 1) + 1, position);
}

function inline(tex: string, lineBefore: string): string {
  const flat = tex.trim().replace(/\s*\n[ \t>]*/g, " ");
  // A bar would end a table cell.
  const isCell = /^[ \t>]*\|/.test(lineBefore);
  return `$$ ${isCell ? flat.replace(/\\\|/g, "\\Vert ").replace(/\|/g, "\\vert ") : flat} $$`;
}

/** Display math on lines of its own, with the quote marks and the indentation of the line it began on. */
function appendDisplay(out: string, prose: string, math: MathSpan): { out: string; position: number } {
  const line = out.slice(out.lastIndexOf("\n") + 1);
  const container = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?/.exec(line)?.[0] ?? "";
  const indent = container.replace(/[^\s>]/g, " ");
  // A full stop after the formula belongs to it, as in print.
  const [after = "", stop = ""] = /^[ \t]*([.,;:](?=\s|$))?[ \t]*/.exec(prose.slice(math.end, math.end + 200)) ?? [];
  const body = `${math.tex.trim()}${stop}`
    .split("\n")
    .map((texLine) => texLine.replace(/^[ \t>]+/, "").trimEnd())
    .filter((texLine) => texLine !== "")
    .map((texLine) => `${indent}${texLine}`)
    .join("\n");
  const position = math.end + after.length;
  const opening = line === container ? "" : `\n${indent}`;
  const closing = position === prose.length || prose[position] === "\n" ? "" : `\n${indent}`;
  return { out: `${out}${opening}$$\n${body}\n${indent}$$${closing}`, position };
}
