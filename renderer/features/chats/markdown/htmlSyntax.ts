import { htmlFlow } from "micromark-core-commonmark";
import { markdownLineEnding } from "micromark-util-character";
import type { Construct, Extension, State } from "micromark-util-types";
import type { HtmlFinder } from "./findHtml.ts";

const lessThan = 60;

/**
 * HTML outside of code fences, including blank lines: an element extends to its closing tag. An element without a
 * closing tag is read by CommonMark's rules.
 */
export function htmlSyntax(html: HtmlFinder): Extension {
  const element: Construct = {
    name: "htmlElement",
    concrete: true,
    ...(htmlFlow.resolveTo && { resolveTo: htmlFlow.resolveTo }),
    tokenize(effects, ok, nok) {
      const end = html.endOf(this.now().offset);
      if (end === null || this.interrupt === true) return nok;
      const lineStart: State = (code) => {
        if (code !== null && markdownLineEnding(code)) return lineEnd(code);
        if (code === null) return finish(code);
        effects.enter("htmlFlowData");
        return line(code);
      };
      const line: State = (code) => {
        if (code !== null && !markdownLineEnding(code)) {
          effects.consume(code);
          return line;
        }
        effects.exit("htmlFlowData");
        return lineEnd(code);
      };
      const lineEnd: State = (code) => {
        if (code === null || this.now().offset >= end) return finish(code);
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return lineStart;
      };
      const finish: State = (code) => {
        // The quote or the list item that it began in ended first.
        if (this.now().offset < end) return nok(code);
        effects.exit("htmlFlow");
        return ok(code);
      };
      return (code) => {
        effects.enter("htmlFlow");
        return lineStart(code);
      };
    },
  };
  return { flow: { [lessThan]: element } };
}
