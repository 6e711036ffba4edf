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

function placePart(statements: Statements, documentId: string, part: number): void {
  const rows = statements.raw(
    `SELECT sequence, part, text, hash, 0 AS start FROM documentTexts WHERE documentId = ? AND erased = 0 AND part = ?
     ORDER BY sequence`,
    documentId,
    part,
  );
  let start = 0;
  for (const row of rows) {
    statements.run("UPDATE documentTexts SET start = ? WHERE sequence = ?", start, row["sequence"] as bigint);
    start += readTextRow(row).text.length;
  }
}
