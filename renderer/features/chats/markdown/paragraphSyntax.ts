import { content } from "micromark-core-commonmark";
import { factorySpace } from "micromark-factory-space";
import { markdownLineEnding } from "micromark-util-character";
import type { Construct, Extension, State, Token } from "micromark-util-types";
import type { MathFinder } from "./findMath.ts";

const tab = -2;
const virtualSpace = -1;
const space = 32;

/**
 * CommonMark's paragraph, except that what is in a formula of several lines never ends it: there a blank line is
 * white space, `= 5` no underline of a heading, and `- y` no item of a list.
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
        // What follows display math begins anew, so that the list it stands in can go on.
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
  // Before tables are tried, which need to see a second line and would let a list begin on it.
  const beforeTables: Construct = {
    ...paragraph,
    tokenize(effects, ok, nok) {
      return math.opensOnLine(this.now().offset) ? paragraph.tokenize.call(this, effects, ok, nok) : nok;
    },
  };
  // Under a list, models indent display math so far that it would be code.
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

/** A line within a formula: any but the end of what the paragraph stands in. */
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
        // A blank line is within the formula only if something comes after it.
        effects.enter("lineEnding");
        effects.consume(next);
        effects.exit("lineEnding");
        return after;
      };
      return after;
    };
  },
};

/** Whether the next line goes on with a paragraph: it is not blank and begins nothing else. */
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
        // A line on which a long formula begins is no row of a table.
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
