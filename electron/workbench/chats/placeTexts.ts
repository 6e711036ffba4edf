import { readTextRow } from "./documentRow.ts";
import type { Statements } from "./Statements.ts";

/** Sets where the pieces of documents begin in their parts, in documents of which one does not say it. */
export function placeTexts(statements: Statements): void {
  const documents = statements.all<{ id: string }>(
    "SELECT DISTINCT documentId AS id FROM documentTexts WHERE start IS NULL AND erased = 0",
  );
  for (const { id } of documents) {
    const parts = statements.all<{ part: number }>("SELECT DISTINCT part FROM documentTexts WHERE documentId = ?", id);
    for (const { part } of parts) placePart(statements, id, part);
  }
}

/** Reads one piece at a time, because a whole text can be long. */
function placePart(statements: Statements, documentId: string, part: number): void {
  const pieces = statements.raw(
    "SELECT sequence FROM documentTexts WHERE documentId = ? AND erased = 0 AND part = ? ORDER BY sequence",
    documentId,
    part,
  );
  let start = 0;
  for (const { sequence } of pieces) {
    statements.run("UPDATE documentTexts SET start = ? WHERE sequence = ?", start, sequence as bigint);
    const [row] = statements.raw(
      "SELECT part, text, hash, start FROM documentTexts WHERE sequence = ?",
      sequence as bigint,
    );
    if (row !== undefined) start += readTextRow(row).text.length;
  }
}
