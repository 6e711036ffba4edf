import { content } from "micromark-core-commonmark";
import { factorySpace } from "micromark-factory-space";
import { markdownLineEnding } from "micromark-util-character";
import type { Construct, Extension, State, Token } from "micromark-util-types";
import type { MathFinder } from "./findMath.ts";

const tab = -2;
const virtualSpace = -1;
const space = 32;

/**
 * CommonMark's paragraph, except that the content of a multi-line formula never ends it: there, a blank line is white
 * space, `= 5` does not underline a heading, and `- y` is not a list item.
 */
export function paragraphSyntax(math: MathFinder): Extension {
  const nextLine = lineOfParagraph(math);
  const paragraph: Construct = {
    resolve: content.resolve,
    tokenize(effects, ok, nok) {
      const from = this.now().offset;
      let chunk: Token;
      const start: State = (code) => {
        if (this.interrupt === true || code === null || markdownLineEnding(code)) return nok(code);
        effects.enter("content");
        chunk = effects.enter("chunkContent", { contentType: "content" });
        return inside(code);
      };
      const inside: State = (code) => {
        if (code === null) return end(code);
        if (!markdownLineEnding(code)) {
          effects.consume(code);
          return inside;
        }
        const { offset } = this.now();
        // The text after display math starts a new paragraph, so that the surrounding list can continue.
        if (math.displayEndsBefore(offset, from)) return end(code);
        if (math.aroundLineEnd(offset, from) === null) {
          this.currentConstruct = paragraph;
          return effects.check(nextLine, goOn, end)(code);
        }
        // No list or quote may begin on the next line.
        this.currentConstruct = unpierced;
        return effects.check(anyLine, goOn, end)(code);
      };
      const goOn: State = (code) => {
        effects.consume(code);
        effects.exit("chunkContent");
        const next = effects.enter("chunkContent", { contentType: "content", previous: chunk });
        chunk.next = next;
        chunk = next;
        return inside;
      };
      const end: State = (code) => {
        effects.exit("chunkContent");
        effects.exit("content");
        return ok(code);
      };
      return start;
    },
  };
  const unpierced: Construct = { ...paragraph, concrete: true };
  // Before tables are tried, because they need a second line and would let a list begin on it.
  const beforeTables: Construct = {
    ...paragraph,
    tokenize(effects, ok, nok) {
      return math.opensOnLine(this.now().offset) ? paragraph.tokenize.call(this, effects, ok, nok) : nok;
    },
  };
  // In lists, models indent display math so far that it would be code.
  const indented: Construct = {
    ...paragraph,
    tokenize(effects, ok, nok) {
      const afterIndent: State = (code) =>
        math.isDisplayAt(this.now().offset) ? paragraph.tokenize.call(this, effects, ok, nok)(code) : nok(code);
      return this.interrupt === true ? nok : factorySpace(effects, afterIndent, "linePrefix");
    },
  };
  return {
    flow: { null: [beforeTables, { ...paragraph, add: "after" }] },
    flowInitial: { [virtualSpace]: indented, [tab]: indented, [space]: indented },
  };
}

/** A line within a formula: any line except the end of the paragraph's container. */
const anyLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      const after: State = (next) => {
        if (next === null) return nok(next);
        if (!markdownLineEnding(next)) return ok(next);
        // A blank line is part of the formula only if something follows it.
        effects.enter("lineEnding");
        effects.consume(next);
        effects.exit("lineEnding");
        return after;
      };
      return after;
    };
  },
};

/** Matches if the next line continues a paragraph: it is not blank and begins nothing else. */
function lineOfParagraph(math: MathFinder): Construct {
  return {
    partial: true,
    tokenize(effects, ok, nok) {
      const afterIndent: State = (code) => {
        if (code === null || markdownLineEnding(code)) return nok(code);
        const tail = this.events.at(-1);
        const indent = tail?.[1].type === "linePrefix" ? tail[2].sliceSerialize(tail[1], true).length : 0;
        if (indent >= 4) return ok(code);
        const { flow } = this.parser.constructs;
        // A line on which a multi-line formula begins is not a table row.
        const others = math.opensOnLine(this.now().offset) ? { ...flow, null: [] } : flow;
        return effects.interrupt(others, nok, ok)(code);
      };
      return (code) => {
        effects.exit("chunkContent");
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return factorySpace(effects, afterIndent, "linePrefix");
      };
    },
  };
}
