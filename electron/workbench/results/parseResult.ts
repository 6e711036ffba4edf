import { type MathNode, variablesOf } from "./MathNode.ts";
import { parseMath } from "./parseMath.ts";

/** What a result says. `name` is the left side of `x = 4`, which is often left out; so are units. */
export type ParsedResult =
  | { kind: "value"; name: string | null; value: MathNode; unit: string | null }
  | { kind: "relation"; sign: "=" | ">" | "≥" | "≠"; left: MathNode; right: MathNode }
  /** A tuple, an interval, a matrix or a plain list, and in braces a set. */
  | { kind: "list"; brackets: string; items: ParsedResult[] }
  | { kind: "text"; text: string };

const longest = 500;
const mostItems = 50;
const mostDepth = 6;

/** Returns what a result says; as text what cannot be read as mathematics. */
export function parseResult(result: string): ParsedResult {
  const text = withoutWrapping(result);
  const choice = /^(?:\\text\s*\{\s*)?\(?([A-J])[).:]\s*\}?\s*\S/u.exec(text) ?? /^\(([a-j])\)$/u.exec(text);
  if (choice?.[1] !== undefined) return parseResult(choice[1].toUpperCase());
  return (text.length > longest ? null : parsePart(text, 0)) ?? { kind: "text", text: spelling(text) };
}

/** Returns a text as it is compared: without case, spaces, marks and the full stop. */
function spelling(text: string): string {
  return withoutWrapping(text.slice(0, 2000))
    .replaceAll(/\\(?:text|textbf|textit|textrm|mathrm|mathbf|operatorname)\s*\{([^{}]*)\}/gu, "$1")
    .replaceAll(/\\[,;:! ]|[\s~*"“”«»`'’]+/gu, "")
    .replace(/(?<![.。!])[.。!]+$/u, "")
    .replaceAll(/[–−]/gu, "-")
    .normalize("NFKC")
    .toLowerCase();
}

/** Returns a result without the marks around it: those of a formula, a box, a text or emphasis. */
export function withoutWrapping(result: string): string {
  let text = result.trim();
  for (let again = 0; again < 8; again += 1) {
    const before = text;
    text = text
      .replace(/^(?:\$\$?|\\\(|\\\[)([\s\S]*?)(?:\$\$?|\\\)|\\\])$/u, "$1")
      .replace(/^\\(?:text|textbf|textit|textrm|mathrm|mathbf|displaystyle|boxed|fbox)\s*\{([^{}]*)\}$/u, "$1")
      .replace(/^\*\*([\s\S]*)\*\*$/u, "$1")
      .replace(/(?<![.\\])[.。]$/u, "")
      .trim();
    if (text === before) break;
  }
  return text;
}

function parsePart(part: string, depth: number): ParsedResult | null {
  if (depth > mostDepth) return null;
  const text = part
    .trim()
    .replaceAll(/\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?=[\s()[\]|\\.])/gu, "")
    .trim();
  if (text === "") return null;
  return alternatives(text, depth) ?? relation(text) ?? matrix(text, depth) ?? list(text, depth) ?? value(text) ?? null;
}

/** `2 \pm \sqrt{3}` and `1 \text{ or } 2` are sets. */
function alternatives(text: string, depth: number): ParsedResult | null {
  const signs = text.match(/\\pm(?![a-z])|±/gu) ?? [];
  if (signs.length > 1) return null;
  const either =
    signs.length === 1
      ? ["+", "-"].map((sign) => text.replace(/\\pm(?![a-z])|±/u, sign))
      : text.split(/\\text\s*\{\s*(?:or|ou|或)\s*\}|\s(?:or|ou)\s|或|\\lor(?![a-z])|\\vee(?![a-z])/u);
  if (either.length < 2 || either.length > mostItems) return null;
  const items = either.map((one) => parsePart(one, depth + 1));
  return items.every((item) => item !== null) ? { kind: "list", brackets: "{}", items } : null;
}

const signs: Record<string, "=" | ">" | "≥" | "≠" | "<" | "≤"> = {
  "=": "=",
  ">": ">",
  "<": "<",
  "≥": "≥",
  "≤": "≤",
  "≠": "≠",
  "\\gt": ">",
  "\\lt": "<",
  "\\ge": "≥",
  "\\geq": "≥",
  "\\geqslant": "≥",
  "\\le": "≤",
  "\\leq": "≤",
  "\\leqslant": "≤",
  "\\ne": "≠",
  "\\neq": "≠",
};

function relation(text: string): ParsedResult | null {
  if (topCommas(text) > 0) return null;
  const found = [...text.matchAll(/\\(?:gt|lt|geqslant|leqslant|geq|leq|neq|ge|le|ne)(?![a-z])|[=<>≥≤≠]/gu)];
  const last = found.at(-1);
  if (last === undefined) return null;
  const sides = [text.slice(0, last.index), text.slice(last.index + last[0].length)];
  const sign = signs[last[0]];
  if (found.length > 1) {
    // Of a chain such as `x = 2 + 2 = 4`, the last value counts.
    if (found.some(([one]) => one !== "=")) return null;
    const first = text.slice(0, found[0]?.index ?? 0);
    return named(nameOf(first), sides[1] ?? "");
  }
  if (sign === "=") {
    const name = nameOf(sides[0] ?? "");
    if (name !== null) return named(name, sides[1] ?? "");
  }
  const [left, right] = sides.map((side) => parseMath(side));
  if (!left || !right || sign === undefined) return null;
  // `17 + 25 = 42` says 42.
  if (sign === "=" && variablesOf(left).size === 0 && variablesOf(right).size === 0)
    return { kind: "value", name: null, value: right, unit: null };
  if (sign === "<") return { kind: "relation", sign: ">", left: right, right: left };
  if (sign === "≤") return { kind: "relation", sign: "≥", left: right, right: left };
  return { kind: "relation", sign, left, right };
}

function nameOf(side: string): string | null {
  const name = /^\s*((?:[a-z]|\\[a-z]+|[α-ω])(?:_(?:\w|\{\w{1,10}\}))?'*)\s*(?:\(\s*[a-z]\s*\)\s*)?$/iu.exec(side)?.[1];
  return name === undefined ? null : name.replaceAll(/[{}]/gu, "");
}

function named(name: string | null, side: string): ParsedResult | null {
  const parsed = parsePart(side, 1);
  return parsed?.kind === "value" ? { ...parsed, name } : parsed;
}

function matrix(text: string, depth: number): ParsedResult | null {
  const inner = /^\\begin\{([pbvB]?matrix)\}([\s\S]*)\\end\{\1\}$/u.exec(text)?.[2];
  if (inner === undefined) return null;
  const rows = inner.trim().replace(/\\\\$/u, "").split("\\\\");
  const items = rows.map((row) => listOf(row.split("&"), "row", depth));
  return rows.length <= mostItems && items.every((item) => item !== null)
    ? { kind: "list", brackets: "matrix", items }
    : null;
}

function list(text: string, depth: number): ParsedResult | null {
  const union = splitAtTop(text, /^(?:\\cup(?![a-z])|∪)/u);
  if (union.length > 1) return listOf(union, "{}", depth);
  const membership = /^[a-z]\s*(?:\\in(?![a-z])|∈)\s*([\s\S]+)$/iu.exec(text)?.[1];
  if (membership !== undefined) return parsePart(membership, depth + 1);
  const set = /^\\(?:\{|lbrace)([\s\S]*)\\(?:\}|rbrace)$/u.exec(text) ?? /^\{([\s\S]*)\}$/u.exec(text);
  if (set?.[1] !== undefined) {
    const items = splitAtTop(set[1], /^[,;]/u, false);
    if (text.startsWith("\\") || items.length > 1) return listOf(items, "{}", depth);
  }
  if (/^\\(?:emptyset|varnothing)$|^∅$/u.test(text)) return { kind: "list", brackets: "{}", items: [] };
  const bracketed = /^([[\]()])([\s\S]*)([[\]()])$/u.exec(text);
  if (bracketed !== null && isOnePair(text)) {
    const items = splitAtTop(bracketed[2] ?? "", /^[,;]/u, false);
    if (items.length > 1) return listOf(items, `${bracketed[1]}${bracketed[3]}`, depth);
  }
  const ratio = text.split(":");
  if (ratio.length > 1) return listOf(ratio, ":", depth);
  if (topCommas(text) === 0) return null;
  const items = splitAtTop(text, /^[,;]/u).map((item) =>
    item.replace(/^\s*(?:\\text\s*\{\s*)?(?:and|et|和)\s*\}?\s/u, ""),
  );
  const parsed = listOf(items, "", depth);
  const isSolution = parsed?.kind === "list" && new Set(parsed.items.map(nameIn)).size === 1 && nameIn(parsed.items[0]);
  return isSolution && parsed?.kind === "list" ? { ...parsed, brackets: "{}" } : parsed;
}

const nameIn = (item: ParsedResult | undefined): string | null => (item?.kind === "value" ? item.name : null);

function listOf(texts: readonly string[], brackets: string, depth: number): ParsedResult | null {
  if (texts.length > mostItems) return null;
  if (texts.length === 1 && texts[0]?.trim() === "") return { kind: "list", brackets, items: [] };
  const items = texts.map((text) => parsePart(text, depth + 1));
  return items.every((item) => item !== null) ? { kind: "list", brackets, items } : null;
}

const topCommas = (text: string): number => splitAtTop(text, /^[,;]/u).length - 1;

/** Splits outside all brackets. With `groups`, a comma between groups of three digits is part of the number. */
function splitAtTop(text: string, separator: RegExp, groups = true): string[] {
  const isGrouped = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,])/u;
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const grouped = !groups || /\d/u.test(text[at - 1] ?? "") ? null : isGrouped.exec(text.slice(at, at + 60));
    if (grouped !== null && depth === 0) at += grouped[0].length - 1;
    else if ("([{".includes(text[at] ?? "")) depth += 1;
    else if (")]}".includes(text[at] ?? "")) depth -= 1;
    else if (depth <= 0) {
      const found = separator.exec(text.slice(at, at + 12));
      const isSpace = text[at - 1] === "\\";
      if (found === null || isSpace) continue;
      parts.push(text.slice(start, at));
      at += found[0].length - 1;
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Whether the first bracket is closed by the last character: `(1,2)`, but not `(1,2)+(3,4)`. Half-open ones count. */
function isOnePair(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if ("([{".includes(text[at] ?? "") || (at === 0 && text[at] === "]")) depth += 1;
    else if (")]}".includes(text[at] ?? "")) depth -= 1;
    if (depth <= 0) return false;
  }
  return true;
}

const numbersOnly = /^[-+\d.,\s/\\{}^()*]*$/u;
const currency = /^(?:\\?\$|€|£|¥|\\(?:text|mathrm)\{(?:\\?\$|€|£|¥)\})\s*(?=[-\d.\\])|(?<!\s)\s*(?:€|\\?\$|£|¥|元)$/u;

function value(text: string): ParsedResult | null {
  const money = currency.exec(text);
  const rest = money === null ? text : text.replace(money[0], "").trim();
  const textUnit =
    /^([\s\S]*?(?:[\d})π]|\\pi))\s*(?:(?:\\[,;: ]|~)\s*)?\\(?:text|mathrm|textrm|operatorname)\s*\{([^{}]*)\}((?:\s*(?:(?:\/|\\cdot)\s*)?\\(?:text|mathrm)\s*\{[^{}]*\})*(?:\^\{?-?\d\}?)?)$/u.exec(
      rest,
    );
  const plainUnit = /^([\s\S]*?[\d})])\s+([a-zµμΩ°%]{1,20}(?:[/ ][a-zµμΩ]{1,20}){0,3}(?:\^?\d|[²³])?)$/iu.exec(rest);
  const attached = /^([-+\d.,\s/]*\d)(km|cm|mm|kg|mg|ml|cm²|m²|min|km\/h|m\/s)$/u.exec(rest);
  const degrees = /^([-+\d.,\s/{}\\frac]*\d\}?)\s*(?:°|\^\s*(?:\{\s*)?\\circ(?:\s*\})?|\\degree)\s*([CF]?)$/u.exec(
    rest,
  );
  const found = textUnit ?? (plainUnit !== null && isPlainNumber(plainUnit[1] ?? "") ? plainUnit : null) ?? attached;
  const unit = degrees === null ? found?.slice(2).join("") : `°${degrees[2]}`;
  const number = (degrees ?? found)?.[1];
  if (unit !== undefined && number !== undefined) {
    const parsed = isWritten(number) ? null : parseMath(number);
    if (parsed !== null) return { kind: "value", name: null, value: parsed, unit: unitSpelling(unit) };
  }
  if (isWord(rest) || isWritten(rest)) return null;
  const parsed = parseMath(rest);
  if (parsed === null) return null;
  return { kind: "value", name: null, value: parsed, unit: money === null ? null : unitSpelling(money[0]) };
}

const isPlainNumber = (text: string): boolean =>
  numbersOnly.test(text.replaceAll(/\\(?:d|t)?frac|\\sqrt|\\pi|\\cdot/gu, ""));

/** Letters alone, more than one: "no" is a word and not a product. */
const isWord = (text: string): boolean => /^[a-z]{2,}(?:\s+[a-z]+)*$/iu.test(text) && text !== "pi";

/** What is read and not calculated: dates, ranges and scores, numbers of other bases, codes, orders, substances. */
const isWritten = (text: string): boolean =>
  /^(?:\d+(?:[-–]\d+)+|0\d+|0[xb][\da-f]+|[A-Z](?:[\s-]+[A-Z])+)$/u.test(text.trim()) ||
  /^0[xb][\dA-F]+$/u.test(text.trim()) ||
  /(?<![\\A-Za-z])[A-Z][A-Za-z]*\d/u.test(text);

function unitSpelling(unit: string): string | null {
  const plain = unit
    .replaceAll(/\\(?:text|mathrm)|[{}\s\\^]|cdot/gu, "")
    .replaceAll("²", "2")
    .replaceAll("³", "3")
    .replaceAll("µ", "μ");
  if (plain === "") return null;
  // Short ones are symbols, in which case matters: mW and MW.
  return plain.length <= 3 ? plain : plain.toLowerCase().replace(/(?<=[a-z]{3})s$/u, "");
}
