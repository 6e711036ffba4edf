import { expect, it, onTestFinished, vi } from "vitest";
import { openMemoryStore } from "../../../electron/workbench/chats/openMemoryStore.ts";
import { storeTables } from "../../../electron/workbench/chats/storeTables.ts";
import { readText } from "../../support/documents/readText.ts";

it("reads each piece of a long document once, however many passages it has, and finds each", () => {
  const { documents, attachments, database } = storeTables(openMemoryStore().database);
  onTestFinished(() => database.close());
  const text = Array.from({ length: 20_000 }, (_, at) => `Rule ${at} is about case${at}.\n`).join("");
  const { documentId } = attachments.add(null, readText(["The first page.", text]), "a.pdf");
  const pieces = documents.pieces(documentId, 2).length;
  expect(pieces).toBeGreaterThan(5);
  // Not in order, over each other, and across the end of a piece, the end of the text and what is not there.
  const starts = [text.length - 10, 0, 49_990, 49_995, 120_000, 99_990, 300_000];
  const places = starts.map((start) => ({ part: 2, start, length: 30 }));
  const piece = vi.spyOn(documents, "piece");
  const found = documents.excerpts(documentId, [
    ...places,
    { part: 1, start: 4, length: 5 },
    { part: 3, start: 0, length: 1 },
  ]);
  expect(found).toEqual([...starts.map((start) => text.slice(start, start + 30)), "first", ""]);
  expect(piece.mock.calls.length).toBeLessThanOrEqual(pieces + 2);
  expect(documents.excerpts(documentId, [{ part: 2, start: 49_000, length: 2_000 }])).toEqual([
    text.slice(49_000, 51_000),
  ]);
});
