import { expect, it, onTestFinished, vi } from "vitest";
import { openMemoryStore } from "../../../electron/workbench/chats/openMemoryStore.ts";
import { placeTexts } from "../../../electron/workbench/chats/placeTexts.ts";
import { storeTables } from "../../../electron/workbench/chats/storeTables.ts";
import { readText } from "../../support/documents/readText.ts";

it("reads only the pieces of a long document in which passages are, each once, and finds each", () => {
  const { documents, attachments, database } = storeTables(openMemoryStore().database);
  onTestFinished(() => database.close());
  const text = Array.from({ length: 20_000 }, (_, at) => `Rule ${at} is about case${at}.\n`).join("");
  const { documentId } = attachments.add(null, readText(["The first page.", text]), "a.pdf");
  const pieces = documents.pieces(documentId, 2).length;
  expect(pieces).toBeGreaterThan(5);
  // Not in order, over each other, and across the end of a piece, the end of the text and what is not there.
  const starts = [text.length - 10, 0, 49_990, 49_995, 120_000, 99_990, 300_000];
  const places = starts.map((start) => ({ part: 2, start, length: 30 }));
  const piece = vi.spyOn(documents, "pieceAt");
  const found = documents.excerpts(documentId, [
    ...places,
    { part: 1, start: 4, length: 5 },
    { part: 3, start: 0, length: 1 },
  ]);
  expect(found).toEqual([...starts.map((start) => text.slice(start, start + 30)), "first", ""]);
  expect(piece.mock.calls.length).toBeLessThanOrEqual(pieces + 2);
  piece.mockClear();
  const last = { part: 2, start: text.length - 30, length: 30 };
  expect(documents.excerpts(documentId, [last, { ...last, start: text.length - 35 }])).toEqual([
    text.slice(-30),
    text.slice(-35, -5),
  ]);
  expect(piece).toHaveBeenCalledTimes(1);
  expect(documents.excerpts(documentId, [{ part: 2, start: 49_000, length: 2_000 }])).toEqual([
    text.slice(49_000, 51_000),
  ]);
});

it("places the pieces of a document that an earlier version stored", () => {
  const { documents, attachments, statements, database } = storeTables(openMemoryStore().database);
  onTestFinished(() => database.close());
  const texts = ["𠮷".repeat(60_000), "", "a\0\n".repeat(40_000)];
  const { documentId } = attachments.add(null, readText(texts), "a.pdf");
  const starts = () => statements.all<{ start: number | null }>("SELECT start FROM documentTexts ORDER BY sequence");
  const before = starts();
  expect(before.map(({ start }) => start)).toEqual([0, 50_000, 100_000, 0, 50_000, 100_000]);
  statements.run("UPDATE documentTexts SET start = NULL");
  const raw = vi.spyOn(statements, "raw");
  placeTexts(statements);
  expect(starts()).toEqual(before);
  // A whole text can be long.
  const read = raw.mock.results.map(({ value }) => (value as object[]).filter((row) => "text" in row).length);
  expect(Math.max(...read)).toBe(1);
  expect(documents.texts(documentId, [1, 2, 3])).toEqual(texts);
});

it("sends nothing of a document in which the places of its pieces were changed on the disk", () => {
  const { documents, attachments, statements, database } = storeTables(openMemoryStore().database);
  onTestFinished(() => database.close());
  const text = Array.from({ length: 8_000 }, (_, at) => `Rule ${at} is about case${at}.\n`).join("");
  const { documentId } = attachments.add(null, readText(text), "a.txt");
  const all = Array.from({ length: 4 }, (_, piece) => ({ part: 1, start: piece * 50_000 + 100, length: 50 }));
  expect(documents.excerpts(documentId, all)).toEqual(all.map(({ start }) => text.slice(start, start + 50)));
  for (const [from, to] of [
    [0, 7],
    [50_000, 49_000],
    [100_000, 10],
    [150_000, 160_000],
  ] as const) {
    statements.run("UPDATE documentTexts SET start = ? WHERE start = ?", to, from);
    expect(() => documents.excerpts(documentId, all)).toThrow(expect.objectContaining({ code: "document-damaged" }));
    expect(() => documents.texts(documentId, [1])).toThrow(expect.objectContaining({ code: "document-damaged" }));
    statements.run("UPDATE documentTexts SET start = ? WHERE start = ?", from, to);
  }
});
