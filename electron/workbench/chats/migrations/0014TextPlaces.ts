import type { Database } from "../openDatabase.ts";
import { placeTexts } from "../placeTexts.ts";
import { Statements } from "../Statements.ts";

/** Each piece of a document knows where it begins in its part, so that a place is found without reading what is before it. */
export function addTextPlaces(database: Database): void {
  database.exec("ALTER TABLE documentTexts ADD COLUMN start INTEGER");
  placeTexts(new Statements(database));
  database.exec(`
    CREATE INDEX documentTextsByStart ON documentTexts (documentId, erased, part, start);
    DROP INDEX IF EXISTS documentTextsByPart;
  `);
}
