import type { Extension as TreeExtension } from "mdast-util-from-markdown";
import { codeText } from "micromark-core-commonmark";
import { markdownLineEnding } from "micromark-util-character";
import type { Construct, Extension, State } from "micromark-util-types";
import type { MathFinder } from "./findMath.ts";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    formula: "formula";
    formulaLine: "formulaLine";
  }
}

/** A formula in the tree of a text. */
export interface FormulaNode {
  type: "formula";
  tex: string;
  /** As written, including the delimiters. */
  written: string;
  isDisplay: boolean;
}

declare module "mdast" {
  interface PhrasingContentMap {
    formula: FormulaNode;
  }
  interface RootContentMap {
    formula: FormulaNode;
  }
}

const backslash = 92;
const dollar = 36;
const backtick = 96;

/**
 * Formulas within the text of a paragraph, a heading or a cell. The tokenizer calls this at each backslash and dollar
 * that is not in code and not escaped. The end of a formula is looked up, so that a text is read only once.
 */
export function mathSyntax(math: MathFinder): Extension {
  const formula = boundedFormula(math);
  return {
    disable: { null: ["codeText"] },
    text: { [backslash]: formula, [dollar]: formula, [backtick]: boundedCode(math) },
  };
}

/** A construct whose end is known when it begins. */
function boundedFormula(math: MathFinder): Construct {
  const dead = deadEnd();
  return {
    name: "formula",
    tokenize(effects, ok, nok) {
      const start = this.now().offset;
      const end = math.at(start)?.end ?? null;
      if (end === null || dead.stops(start, end)) return nok;
      const line: State = (code) => {
        if (code !== null && this.now().offset < end && !markdownLineEnding(code)) {
          effects.consume(code);
          return line;
        }
        effects.exit("formulaLine");
        return lineEnd(code);
      };
      const lineEnd: State = (code) => {
        if (this.now().offset >= end) {
          effects.exit("formula");
          return ok(code);
        }
        if (code === null) {
          dead.note(start, this.now().offset);
          return nok(code);
        }
        if (!markdownLineEnding(code)) {
          effects.enter("formulaLine");
          return line(code);
        }
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return lineEnd;
      };
      return (code) => {
        effects.enter("formula");
        effects.enter("formulaLine");
        effects.consume(code);
        return line;
      };
    },
  };
}

/** CommonMark's code span. A run of backticks without a partner is recognized at once. */
function boundedCode(math: MathFinder): Construct {
  const dead = deadEnd();
  return {
    ...codeText,
    name: "codeSpan",
    tokenize(effects, ok, nok) {
      const start = this.now().offset;
      const end = math.codeEnd(start);
      if (end === null || dead.stops(start, end)) return nok;
      return codeText.tokenize.call(this, effects, ok, (code) => {
        dead.note(start, this.now().offset);
        return nok(code);
      });
    },
  };
}

/** Remembers a construct that the text's end cut off, so that others within it are not tried in vain. */
function deadEnd(): { stops: (start: number, end: number) => boolean; note: (start: number, end: number) => void } {
  let from = 0;
  let to = 0;
  return {
    stops: (start, end) => start >= from && start < to && end > to,
    note(start, end) {
      from = start;
      to = end;
    },
  };
}

/** Adds formulas to the tree, without the quote marks and indentation of their lines. */
export function mathNodes(math: MathFinder): TreeExtension {
  return {
    enter: {
      formula(token) {
        const span = math.at(token.start.offset);
        const written = this.sliceSerialize(token);
        // Where a `>` was removed from a line, the delimiters still have their lengths.
        const opening = span === null ? 0 : span.texStart - span.start;
        const closing = span === null ? 0 : span.end - span.texEnd;
        const tex = written.slice(opening, written.length - closing);
        this.enter(
          { type: "formula", tex: withoutBlankLines(tex), written, isDisplay: span?.isDisplay ?? false },
          token,
        );
      },
    },
    exit: {
      formula(token) {
        this.exit(token);
      },
    },
  };
}

const withoutBlankLines = (tex: string): string =>
  tex
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
