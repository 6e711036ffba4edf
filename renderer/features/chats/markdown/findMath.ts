import { isPlainMath, isPlainMathInDoubles, isProse } from "./isPlainMath.ts";

/** In characters. Anything longer is considered an attack on the typesetter and remains text. */
export const maxMathChars = 10_000;
const maxBoxedChars = 1_000;
const maxMarkerChars = 300;

/** A formula in a text: `source.slice(start, end)`, of which `source.slice(texStart, texEnd)` is the TeX. */
export interface MathSpan {
  start: number;
  end: number;
  texStart: number;
  texEnd: number;
  isDisplay: boolean;
}

export interface MathFinder {
  /** Returns the formula that begins at this offset, which must not be escaped. */
  at(start: number): MathSpan | null;
  /** Returns the multi-line formula around the line end at this offset, if it begins at or after `from`. */
  aroundLineEnd(lineEnd: number, from: number): MathSpan | null;
  /** Returns whether display math that begins at or after `from` is the last thing on the line that ends here. */
  displayEndsBefore(lineEnd: number, from: number): boolean;
  /** Returns whether display math begins at this offset, with nothing beside it. */
  isDisplayAt(start: number): boolean;
  /** Returns whether a formula begins on this line and ends on another. */
  opensOnLine(lineStart: number): boolean;
  /** Returns the formulas that begin in this range, without those in code that ends in the range too. */
  within(from: number, to: number): MathSpan[];
  /** Returns the end of the code span that a run of backticks at `start` opens. */
  codeEnd(start: number): number | null;
  /** Returns whether unfinished display math begins at `start`, and must be kept in one piece. */
  isUnfinished(start: number): boolean;
}

/** LaTeX environments that may be used outside of formulas, then those used inside. */
const displayEnvironments = /^(?:align|alignat|equation|gather|multline|eqnarray|flalign|displaymath|CD)\*?$/;
const innerEnvironments =
  /^(?:aligned|alignedat|gathered|split|array|subarray|cases|dcases|rcases|drcases|smallmatrix|[pbBvV]?matrix|darray)\*?$/;

// `\\` comes first, so that a LaTeX line break before a bracket is not taken for a delimiter.
const tokenPattern =
  /\\\\|\\[()[\]]|\\(?:begin|end)[ \t]*\{([A-Za-z]{1,20}\*?)\}|\\boxed[ \t]*\{|\\[^\n]|\$+|`+|[{}]|\n[ \t>]*(?=\n)/g;

/** Finds the formulas of a text. One pass records the position of each delimiter; queries look it up. */
export function findMath(source: string): MathFinder {
  const { starts, places, partners } = readTokens(source);
  const known = new Map<number, MathSpan | null>();
  let foundOnLines: { manyLines: Spans; displays: Spans } | null = null;

  const next = (kind: string, from: number): number | null => firstFrom(places.get(kind) ?? [], from);

  const at = (start: number): MathSpan | null => {
    let span = known.get(start);
    if (span === undefined) {
      span = read(start);
      known.set(start, span);
    }
    return span;
  };

  const read = (start: number): MathSpan | null => {
    if (source[start] === "$") return readDollars(start);
    if (source[start] !== "\\") return null;
    switch (source[start + 1] ?? "") {
      case "(":
        return delimited(start, "\\(", "\\)");
      case "[":
        return delimited(start, "\\[", "\\]");
      case "b":
        return paired(start);
      default:
        return null;
    }
  };

  const delimited = (start: number, opening: string, closing: string): MathSpan | null => {
    const close = next(closing, start + 2);
    if (close === null || close - start > maxMathChars) return null;
    const again = next(opening, start + 2);
    if (again !== null && again < close) return null;
    const end = close + 2;
    // `\[text\](address)` is a link that the author escaped.
    if (opening === "\\[" && source[end] === "(") return null;
    const span = { start, end, texStart: start + 2, texEnd: close, isDisplay: opening === "\\[" };
    const tex = source.slice(span.texStart, span.texEnd);
    if (tex.trim() === "" || tex.includes("$$") || hasHalfCode(tex)) return null;
    return mayHold(span, tex) ? span : null;
  };

  const readDollars = (start: number): MathSpan | null => {
    if (source[start - 1] === "$") return null;
    const isDouble = source[start + 1] === "$";
    if (isDouble && source[start + 2] === "$") return null;
    const width = isDouble ? 2 : 1;
    const close = next(isDouble ? "$$" : "$", start + width);
    if (close === null || close - start > maxMathChars) return null;
    const end = close + width;
    const span = { start, end, texStart: start + width, texEnd: close, isDisplay: false };
    const tex = source.slice(span.texStart, span.texEnd);
    if (tex.trim() === "" || hasHalfCode(tex)) return null;
    const before = source[start - 1] ?? "";
    const after = source.slice(end, end + 3);
    if (!isDouble) return isPlainMath(tex, before, after) && mayHold(span, tex) ? span : null;
    if (/(?<!\\)\$/.test(tex)) return null;
    const opens = opensLine(beforeOnLine(start)) && standsOnLines(span);
    if (!opens && !isPlainMathInDoubles(tex, before, after)) return null;
    span.isDisplay = tex.includes("\n") || standsAlone(span);
    return mayHold(span, tex) ? span : null;
  };

  /** Returns a `\boxed{…}` or `\begin{…}…\end{…}` without delimiters around it. */
  const paired = (start: number): MathSpan | null => {
    const end = partners.get(start);
    if (end === undefined) return null;
    const isBoxed = source.startsWith("\\boxed", start);
    if (end - start > (isBoxed ? maxBoxedChars : maxMathChars)) return null;
    const span = { start, end, texStart: start, texEnd: end, isDisplay: false };
    const name = isBoxed ? "" : (/\{([^}]*)\}/.exec(source.slice(start, start + 40))?.[1] ?? "");
    span.isDisplay = displayEnvironments.test(name) || (!isBoxed && standsAlone(span));
    return mayHold(span, source.slice(start, end)) ? span : null;
  };

  /** Only clear display math may contain a blank line, and no formula may contain the start of a block. */
  const mayHold = (span: MathSpan, tex: string): boolean => {
    if (!tex.includes("\n")) return true;
    if (/\n[ \t>]*(?:`{3}|~{3}|#{1,6}[ \t]|(?:\n[ \t>]*){4})/.test(tex)) return false;
    const blank = next("blank", span.start);
    if (blank === null || blank >= span.end) return true;
    const mayBegin = source[span.start] === "\\" || standsOnLines(span);
    return span.isDisplay && mayBegin && !tex.includes("`") && !isProse(tex);
  };

  const codeEnd = (start: number): number | null => {
    let end = start;
    while (source[end] === "`") end++;
    const close = next("`".repeat(end - start), end);
    return close === null ? null : close + end - start;
  };

  /** Returns the text before an offset on its line; of a long line, enough to see that it is text. */
  const beforeOnLine = (place: number): string => {
    const before = source.slice(Math.max(0, place - maxMarkerChars), place);
    return before.slice(before.lastIndexOf("\n") + 1);
  };
  const endsLine = (place: number): boolean =>
    /^[ \t]*[.,;:。，；：]?[ \t]*(?:\n|$)/.test(source.slice(place, place + 80));

  const standsAlone = ({ start, end }: MathSpan): boolean => opensLine(beforeOnLine(start)) && endsLine(end);
  /** Returns whether its delimiters begin or end their lines. */
  const standsOnLines = ({ start, end, texStart, texEnd }: MathSpan): boolean => {
    const opens = opensLine(beforeOnLine(start)) || /^[ \t]*\n/.test(source.slice(texStart, texStart + 80));
    return opens && (endsLine(end) || opensLine(beforeOnLine(texEnd)));
  };

  const isDisplayAlone = (span: MathSpan): boolean =>
    span.isDisplay && opensLine(beforeOnLine(span.start)) && endsLine(span.end);

  const onLines = (): { manyLines: Spans; displays: Spans } => {
    if (foundOnLines !== null) return foundOnLines;
    const manyLines: MathSpan[] = [];
    const displays: MathSpan[] = [];
    let position = 0;
    for (const start of starts) {
      if (start < position) continue;
      // A delimiter directly after a backtick is only mentioned.
      const span = source[start - 1] === "`" ? null : at(start);
      if (span === null) continue;
      position = span.end;
      const tex = source.slice(span.start, span.end);
      if (tex.includes("\n") && !tex.includes("`")) manyLines.push(span);
      if (isDisplayAlone(span)) displays.push(span);
    }
    foundOnLines = { manyLines: withStarts(manyLines), displays: withStarts(displays) };
    return foundOnLines;
  };

  const aroundLineEnd = (lineEnd: number, from: number): MathSpan | null => {
    const span = lastBefore(onLines().manyLines, lineEnd);
    return span !== undefined && span.start >= from && span.end > lineEnd ? span : null;
  };

  return {
    at,
    aroundLineEnd,
    displayEndsBefore(lineEnd, from) {
      const span = lastBefore(onLines().displays, lineEnd);
      return (
        span !== undefined && span.start >= from && span.end <= lineEnd && source.indexOf("\n", span.end) === lineEnd
      );
    },
    isDisplayAt(start) {
      const span = at(start);
      return span !== null && isDisplayAlone(span);
    },
    opensOnLine(lineStart) {
      const lineEnd = source.indexOf("\n", lineStart);
      return lineEnd !== -1 && aroundLineEnd(lineEnd, lineStart) !== null;
    },
    within(from, to) {
      const found: MathSpan[] = [];
      let position = from;
      for (let index = firstIndexFrom(starts, from); index < starts.length; index++) {
        const start = starts[index] ?? to;
        if (start >= to) break;
        if (start < position) continue;
        if (source[start] === "`") {
          const end = codeEnd(start);
          if (end !== null && end <= to) position = end;
          continue;
        }
        const span = at(start);
        if (span === null || span.end > to) continue;
        found.push(span);
        position = span.end;
      }
      return found;
    },
    codeEnd,
    isUnfinished(start) {
      const opening = source.slice(start, start + 2);
      const isOpening = opening === "\\[" || opening === "$$" || source.startsWith("\\begin{", start);
      if (!isOpening || source.length - start > maxMathChars || at(start) !== null) return false;
      const closing = opening === "\\[" ? "\\]" : opening === "$$" ? "$$" : "\\end";
      return next(closing, start + 2) === null && opensLine(beforeOnLine(start));
    },
  };
}

/** What may precede display math on its line: quote marks, a list marker, white space. */
const container = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/;
const opensLine = (before: string): boolean => container.test(before);

/** An odd number of backtick runs: a code span begins inside and ends outside. */
const hasHalfCode = (tex: string): boolean => tex.includes("`") && (tex.match(/`+/g) ?? []).length % 2 === 1;

interface Tokens {
  /** Where a formula or a code span may begin. */
  starts: number[];
  /** The positions of each kind of token, in order. */
  places: Map<string, number[]>;
  /** For `\boxed{` and `\begin{…}`, the end of what closes them. */
  partners: Map<number, number>;
}

function readTokens(source: string): Tokens {
  const tokens: Tokens = { starts: [], places: new Map(), partners: new Map() };
  const braces: { start: number; isBoxed: boolean }[] = [];
  const environments = new Map<string, number[]>();
  const note = (kind: string, place: number): void => {
    const noted = tokens.places.get(kind);
    if (noted) noted.push(place);
    else tokens.places.set(kind, [place]);
  };
  for (const match of source.matchAll(tokenPattern)) {
    const [text, environment] = match;
    const start = match.index;
    const end = start + text.length;
    if (environment !== undefined) {
      if (!displayEnvironments.test(environment) && !innerEnvironments.test(environment)) continue;
      const open = environments.get(environment) ?? [];
      environments.set(environment, open);
      if (text.startsWith("\\begin")) {
        tokens.starts.push(start);
        open.push(start);
      } else {
        note("\\end", start);
        const begun = open.pop();
        if (begun !== undefined) tokens.partners.set(begun, end);
      }
    } else if (text.startsWith("\\boxed")) {
      tokens.starts.push(start);
      braces.push({ start, isBoxed: true });
    } else if (text === "{") braces.push({ start, isBoxed: false });
    else if (text === "}") {
      const open = braces.pop();
      if (open?.isBoxed === true) tokens.partners.set(open.start, end);
    } else if (text.startsWith("\n")) {
      note("blank", start);
      braces.length = 0;
    } else {
      note(text, start);
      if (text === "\\(" || text === "\\[" || text === "$" || text === "$$" || text.startsWith("`")) {
        tokens.starts.push(start);
      }
    }
  }
  return tokens;
}

function firstIndexFrom(places: readonly number[], from: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

const firstFrom = (places: readonly number[], from: number): number | null =>
  places[firstIndexFrom(places, from)] ?? null;

interface Spans {
  spans: readonly MathSpan[];
  starts: readonly number[];
}

const withStarts = (spans: readonly MathSpan[]): Spans => ({ spans, starts: spans.map(({ start }) => start) });

const lastBefore = ({ spans, starts }: Spans, place: number): MathSpan | undefined =>
  spans[firstIndexFrom(starts, place) - 1];
