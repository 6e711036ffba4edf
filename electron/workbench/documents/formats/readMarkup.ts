import { Parser } from "htmlparser2";
import { documentLimits } from "../documentLimits.ts";
import { DocumentProblem } from "../DocumentProblem.ts";

export interface MarkupHandlers {
  open(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads HTML or XML, also if it is not well-formed. Only the entities that the languages themselves define are replaced:
 * a document cannot define its own. Throws a DocumentProblem if elements are nested too deep.
 */
export function readMarkup(markup: string, language: "html" | "xml", handlers: MarkupHandlers): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > documentLimits.depth) throw new DocumentProblem("tooLarge");
        handlers.open(name, attributes);
      },
      ontext: (text) => handlers.text?.(text),
      onclosetag(name) {
        depth -= 1;
        handlers.close?.(name);
      },
    },
    { xmlMode: language === "xml", decodeEntities: true },
  );
  parser.end(markup);
}
