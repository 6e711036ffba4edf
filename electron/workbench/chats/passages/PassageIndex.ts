import { DatabaseSync } from "@photostructure/sqlite";
import type { PageRange, Passage } from "../../../contract/documents.ts";
import { joinedRanges } from "../../documents/joinedRanges.ts";
import type { DocumentTable } from "../DocumentTable.ts";
import { Statements } from "../Statements.ts";
import { StepSize } from "../StepSize.ts";
import { cutAt } from "../../cutAt.ts";
import { cutPassages } from "./cutPassages.ts";
import { passageWords, type SoughtWord, soughtWords } from "./passageWords.ts";

/** A place in a document that holds words of a question. */
export interface FoundPassage extends Omit<Passage, "number"> {
  documentId: string;
}

/** A document, and the pages of it that are searched; null stands for all. */
export interface SearchedPages {
  documentId: string;
  pages: readonly PageRange[] | null;
}

/** A page of the index is merged for so many code units that are indexed: it grows by one for about 4,000. */
const charsPerMergedPage = 500;
/** How many code units of text are indexed in a step. */
const chars = { first: 20_000, least: 2_000, most: 500_000 };
/** When more text is indexed than this, in code units, it is forgotten unless it is needed now. */
const mostChars = 120_000_000;
/** Words in more than this share of the passages say little about any of them. */
const commonShare = 1 / 4;
const allPages: readonly PageRange[] = [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
/** The rarest words of a question decide. Together they are in at most this many passages, unless one alone is in more. */
const deciding = { words: 24, passages: 10_000 };
/** How many words of a question are counted in a step, and when it ends because they are in that many passages. */
const counted = { words: 200, passages: 200_000 };

/** What of a document is indexed. */
interface Indexed {
  parts: number;
  chars: number;
  /** Where indexing goes on: the part, and a place in its text. Null: nowhere. */
  next: { part: number; start: number } | null;
  /** The text before that is no whole passage yet, and where it begins in the text of the part. */
  rest: { text: string; start: number };
}

/**
 * Finds passages of documents by their words with SQLite's FTS5. Only in memory: nothing of it has to be erased, backed up
 * or mended, and indexing a document again takes about as long as reading it from a PDF did.
 */
export class PassageIndex {
  readonly #documents: DocumentTable;
  #database = new DatabaseSync(":memory:");
  #statements = new Statements(this.#database);
  readonly #indexed = new Map<string, Indexed>();
  readonly #chars = new StepSize(chars);
  /** In how many passages words occur, by what is looked for. */
  readonly #occurrences = new Map<string, number>();
  #lastRow = 0;

  constructor(documents: DocumentTable) {
    this.#documents = documents;
    this.#begin();
  }

  /**
   * Indexes a part of these documents, which takes about 30 ms. Returns whether something is left. Throws
   * `document-not-found`, or what reading a document or SQLite throws; then everything is forgotten.
   */
  step(documentIds: readonly string[]): boolean {
    const id = documentIds.find((each) => this.#indexed.get(each)?.next !== null);
    if (id === undefined) return false;
    const begun = performance.now();
    const document = this.#expect(id, documentIds);
    this.#occurrences.clear();
    try {
      this.#database.exec("BEGIN");
      let done = 0;
      while (document.next !== null && done < this.#chars.size)
        done += this.#indexSome(id, document, Math.max(chars.least, this.#chars.size - done));
      this.#database.exec("COMMIT");
      this.#merge(done);
    } catch (error) {
      // Without a journal, nothing can be rolled back.
      this.forget();
      throw error;
    }
    this.#chars.adapt(performance.now() - begun);
    return !this.has(documentIds);
  }

  /** How much text is indexed, in UTF-16 code units. */
  get chars(): number {
    return [...this.#indexed.values()].reduce((sum, each) => sum + each.chars, 0);
  }

  /** Returns whether these documents are indexed. */
  has(documentIds: readonly string[]): boolean {
    return documentIds.every((id) => this.#indexed.get(id)?.next === null);
  }

  /** Counts in how many passages some words of a question are. Returns whether something is left. */
  count(question: string): boolean {
    let [words, passages] = [0, 0];
    for (const word of soughtWords(question)) {
      if (this.#occurrences.has(keyOf(word))) continue;
      if (words >= counted.words || passages >= counted.passages) return true;
      const found = this.#passagesWith(word);
      this.#occurrences.set(keyOf(word), found);
      words++;
      passages += found;
    }
    return false;
  }

  /**
   * Returns the passages of these pages that have most to do with a question, best first, at most so many. The words of the
   * question must have been counted since something was indexed.
   */
  find(question: string, searched: readonly SearchedPages[], count: number): FoundPassage[] {
    this.#choose(searched);
    const there = soughtWords(question)
      .map((word) => ({ ...word, passages: this.#occurrences.get(keyOf(word)) ?? 0 }))
      .filter(({ passages }) => passages > 0)
      .sort((one, other) => one.passages - other.passages);
    const telling = there.filter(({ passages }) => passages <= this.#lastRow * commonShare);
    const found = this.#holding(rarest(telling), count);
    // Other documents may have those words, and a question may have only common ones.
    return found.length > 0 ? found : this.#holding(rarest(there.slice(-deciding.words)), count);
  }

  /** Sets which pages are searched. */
  #choose(searched: readonly SearchedPages[]): void {
    this.#statements.run("DELETE FROM searchedPages");
    for (const id of new Set(searched.map(({ documentId }) => documentId))) {
      const chosen = searched.filter(({ documentId }) => documentId === id).map(({ pages }) => pages ?? allPages);
      for (const { first, last } of joinedRanges(chosen.flat()))
        this.#statements.run("INSERT INTO searchedPages VALUES (?, ?, ?)", id, first, last);
    }
  }

  #holding(words: readonly SoughtWord[], most: number): FoundPassage[] {
    if (words.length === 0) return [];
    const expression = words.map(({ word, isBeginning }) => `"${word}"${isBeginning ? " *" : ""}`).join(" OR ");
    const found = this.#statements.all<FoundPassage>(
      `SELECT p.documentId, p.part, p.start, p.length FROM passageSearch s
       CROSS JOIN passages p ON p.sequence = s.rowid AND p.part <= (
         SELECT last FROM searchedPages WHERE documentId = p.documentId AND first <= p.part ORDER BY first DESC LIMIT 1)
       WHERE s.passageSearch MATCH ? ORDER BY bm25(passageSearch), s.rowid LIMIT ?`,
      expression,
      most,
    );
    return found.map((each) => ({ ...each }));
  }

  /** Forgets all documents. */
  forget(): void {
    this.#database.close();
    this.#database = new DatabaseSync(":memory:");
    this.#statements = new Statements(this.#database);
    this.#begin();
  }

  close(): void {
    this.#database.close();
  }

  #begin(): void {
    this.#indexed.clear();
    this.#occurrences.clear();
    this.#lastRow = 0;
    // The words are folded already: to this tokenizer, all characters but those of ASCII are letters.
    this.#database.exec(`
      PRAGMA temp_store=MEMORY;
      PRAGMA journal_mode=OFF;
      CREATE TABLE passages (sequence INTEGER PRIMARY KEY, documentId TEXT, part INTEGER, start INTEGER, length INTEGER);
      CREATE TABLE searchedPages (documentId TEXT, first INTEGER, last INTEGER, PRIMARY KEY (documentId, first)) WITHOUT ROWID;
      CREATE VIRTUAL TABLE passageSearch USING fts5 (words, content = '', tokenize = 'ascii');
      CREATE VIRTUAL TABLE passageTerms USING fts5vocab (passageSearch, row);
      INSERT INTO passageSearch (passageSearch, rank) VALUES ('automerge', 0), ('crisismerge', 1999);`);
  }

  #expect(id: string, needed: readonly string[]): Indexed {
    const known = this.#indexed.get(id);
    if (known !== undefined) return known;
    const { parts, chars: size } = this.#documents.read(id);
    if (this.chars + size > mostChars && [...this.#indexed.keys()].some((each) => !needed.includes(each)))
      this.forget();
    const next = { part: 1, start: 0 };
    const added = { parts, chars: size, next, rest: { text: "", start: 0 } };
    this.#indexed.set(id, added);
    return added;
  }

  /** Indexes at most so many code units of a document. Returns how many; an empty part counts as one. */
  #indexSome(id: string, document: Indexed, most: number): number {
    const { part, start } = document.next ?? { part: 1, start: 0 };
    const piece = this.#documents.pieceAt(id, part, start);
    const read = cutAt(piece.text, start - piece.start, most);
    const isPieceRead = start + read.length >= piece.start + piece.text.length;
    const next = isPieceRead ? piece.next : start + read.length;
    const { rest, parts } = document;
    const text = rest.text + read;
    const passages = cutPassages(text);
    // The last one may go on in what follows.
    const last = next === null ? undefined : passages.pop();
    for (const passage of passages) this.#add(id, part, text, passage.start, passage.length, rest.start);
    if (next !== null) {
      const from = last?.start ?? text.length;
      document.rest = { text: text.slice(from), start: rest.start + from };
      document.next = { part, start: next };
    } else {
      document.rest = { text: "", start: 0 };
      document.next = part < parts ? { part: part + 1, start: 0 } : null;
    }
    return read.length + 1;
  }

  /** Merges what FTS5 has written, in proportion to it: FTS5 itself would do it seldom, and then for seconds. */
  #merge(indexedChars: number): void {
    const sql = "INSERT INTO passageSearch (passageSearch, rank) VALUES ('merge', CAST(? AS INTEGER))";
    this.#statements.run(sql, Math.ceil(indexedChars / charsPerMergedPage));
  }

  #add(id: string, part: number, text: string, start: number, length: number, offset: number): void {
    const row = ++this.#lastRow;
    const words = passageWords(text.slice(start, start + length));
    this.#statements.run("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", row, id, part, offset + start, length);
    // FTS5 takes only integers as row numbers, and numbers are bound as floating-point ones.
    this.#statements.run("INSERT INTO passageSearch (rowid, words) VALUES (CAST(? AS INTEGER), ?)", row, words);
  }

  /** Returns in how many passages a word occurs; more, if several words that begin with it are in one. */
  #passagesWith({ word, isBeginning }: SoughtWord): number {
    const sql = "SELECT sum(doc) AS passages FROM passageTerms WHERE term >= ? AND term <= ?";
    const last = isBeginning ? `${word}\u{10FFFF}` : word;
    return this.#statements.get<{ passages: number | null }>(sql, word, last)?.passages ?? 0;
  }
}

const keyOf = ({ word, isBeginning }: SoughtWord): string => (isBeginning ? `${word}*` : word);

/** Returns the first of these words, of which the rarest come first, that are in few enough passages; at least one. */
function rarest<Word extends { passages: number }>(words: readonly Word[]): Word[] {
  const rare: Word[] = [];
  let sum = 0;
  for (const word of words.slice(0, deciding.words)) {
    sum += word.passages;
    if (sum > deciding.passages && rare.length > 0) break;
    rare.push(word);
  }
  return rare;
}
