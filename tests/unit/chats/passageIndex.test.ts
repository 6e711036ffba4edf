import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Statements } from "../../../electron/workbench/chats/Statements.ts";
import { storeTables, type StoreTables } from "../../../electron/workbench/chats/storeTables.ts";
import { openMemoryStore } from "../../../electron/workbench/chats/openMemoryStore.ts";
import { cutPassages } from "../../../electron/workbench/chats/passages/cutPassages.ts";
import {
  type FoundPassage,
  PassageIndex,
  type SearchedPages,
} from "../../../electron/workbench/chats/passages/PassageIndex.ts";
import { countWords, passageWords, soughtWords } from "../../../electron/workbench/chats/passages/passageWords.ts";
import { readText } from "../../support/documents/readText.ts";

const cut = (text: string): string[] => cutPassages(text).map(({ start, length }) => text.slice(start, start + length));
const sentence = (number: number): string => `Sentence number ${number} says something about the matter at hand.`;

describe("a text", () => {
  it("is cut at the ends of paragraphs and sentences, into 100 to 200 words", () => {
    const paragraphs = Array.from({ length: 20 }, (_, at) =>
      Array.from({ length: 6 }, (__, index) => sentence(10 * at + index)).join(" "),
    );
    const text = paragraphs.join("\n\n");
    const passages = cut(text);
    for (const passage of passages.slice(0, -1)) {
      expect(countWords(passage)).toBeGreaterThanOrEqual(100);
      expect(countWords(passage)).toBeLessThanOrEqual(200);
      expect(passage).toMatch(/^Sentence.*\.$/su);
    }
    expect(passages.join("\n\n")).toBe(text);
    const long = cut(Array.from({ length: 100 }, (_, index) => sentence(index)).join(" "));
    for (const passage of long.slice(0, -1)) expect(countWords(passage)).toBeGreaterThanOrEqual(150);
    expect(long.join(" ").match(/number \d+/g)).toHaveLength(100);
  });

  it("is cut in Chinese and Thai, and without any spaces, ends or characters of the first plane", () => {
    const chinese = "报销申请必须在三十天内提交。".repeat(100);
    for (const passage of cut(chinese)) {
      expect(passage.endsWith("。")).toBe(true);
      expect(passage.length).toBeLessThanOrEqual(420);
    }
    expect(cut(chinese).join("")).toBe(chinese);
    for (const text of ["x".repeat(9_001), "𠮷".repeat(5_001), "ภาษาไทย".repeat(2_000), "1,2;".repeat(5_000)]) {
      const passages = cut(text);
      expect(passages.join("")).toBe(text);
      for (const passage of passages) {
        expect(passage.length).toBeLessThanOrEqual(2_000);
        // No character is cut in two.
        expect(Buffer.from(passage).toString()).toBe(passage);
      }
    }
    // Lines without words do not make a passage longer.
    const drawn = cut(`${"-----\n".repeat(5_000)}One.\n${"— ".repeat(5_000)}Two.`);
    for (const passage of drawn) expect(passage.length).toBeLessThanOrEqual(2_000);
    expect(drawn.join(" ").match(/\w+/g)).toEqual(["One", "Two"]);
    for (const text of ["", " \n\n ", "...", "— * —"]) expect(cut(text)).toEqual([]);
  });
});

it("has words as the index has them: folded, without accents, and pairs of characters where there are no spaces", () => {
  expect(passageWords("Les Étés d’ＡＢＣ 42")).toBe("les etes d abc 42");
  expect(passageWords("R1模型 好")).toBe("r1 模型 型 好");
  expect(passageWords("x".repeat(100))).toHaveLength(64);
});

it("looks for the first words of a question that is a pasted log", () => {
  const log = Array.from({ length: 50_000 }, (_, line) => `entry${line} happened`).join("\n");
  expect(soughtWords(log)).toHaveLength(2_000);
  expect(soughtWords(log)[0]).toEqual({ word: "entry0", isBeginning: false });
  const chinese = String.fromCodePoint(...Array.from({ length: 20_000 }, (_, at) => 0x4e00 + at));
  expect(soughtWords(chinese)).toHaveLength(2_000);
  expect(soughtWords("happened ".repeat(50_000))).toHaveLength(2);
});

describe("the index", () => {
  let tables: StoreTables;
  let index: PassageIndex;
  beforeEach(() => {
    const { database } = openMemoryStore();
    tables = storeTables(database);
    index = new PassageIndex(tables.documents);
  });
  afterEach(() => {
    index.close();
    tables.database.close();
  });
  const add = (text: string | string[]): string => tables.attachments.add(null, readText(text), "a.txt").documentId;
  const fill = (...ids: string[]): number => {
    let steps = 1;
    while (index.step(ids)) steps++;
    return steps;
  };
  const whole = (documentId: string) => ({ documentId, pages: null });
  const find: PassageIndex["find"] = (question, searched, count) => {
    while (index.count(question));
    return index.find(question, searched, count);
  };
  const ask = (question: string, ...ids: string[]): string[] => textsOf(find(question, ids.map(whole), 5));
  const textsOf = (found: readonly FoundPassage[]): string[] =>
    found.map(({ documentId, part, start, length }) => {
      const text = tables.documents.texts(documentId, [part])[0] ?? "";
      return text.slice(start, start + length);
    });

  it("finds the passage that a question is about, in other forms of its words too, and names its page", () => {
    const pages = Array.from({ length: 60 }, (_, page) => `Page ${page} is about the weather in town ${page}.`);
    pages[41] = "Expenses are reimbursed within thirty days, if the receipts are there.";
    const id = add(pages);
    const other = add("Reimbursement is not mentioned anywhere else.");
    fill(id, other);
    expect(find("When will the reimbursement of my expenses come?", [whole(id)], 3)[0]).toEqual({
      documentId: id,
      part: 42,
      start: 0,
      length: pages[41].length,
    });
    expect(ask("reimbursement", id)[0]).toContain("receipts");
    expect(ask("weather", other)).toEqual([]);
    expect(ask("zebra", id, other)).toEqual([]);
    expect(ask("?!", id)).toEqual([]);
  });

  it("finds something for common words, one Chinese character, Japanese, Thai, Korean and words with accents", () => {
    const id = add([
      "The results of the year. ".repeat(300),
      "报销申请必须在三十天内提交。",
      "東京タワーは高い。",
      "การเบิกค่าใช้จ่ายต้องทำภายในสามสิบวัน",
      "서울에서 회의가 열립니다.",
      "L’été dernier à la forêt.",
    ]);
    fill(id);
    expect(ask("What are the results of the year?", id)[0]).toContain("results");
    expect(ask("报销的截止日期是什么？", id)[0]).toContain("三十天");
    expect(ask("天", id)[0]).toContain("三十天");
    expect(ask("東京タワー", id)[0]).toContain("高い");
    expect(ask("ค่าใช้จ่าย", id)[0]).toContain("สามสิบวัน");
    expect(ask("서울의 회의", id)[0]).toContain("회의가");
    expect(ask("ete", id)[0]).toContain("L’été");
  });

  it("finds only what is on the chosen pages, however they overlap, and something else in each document", () => {
    const pages = Array.from({ length: 30 }, (_, at) => `Page ${at + 1} is about a quokka.`);
    const [one, other, third] = [add(pages), add(pages), add("Also about a quokka.")];
    fill(one, other, third);
    const chosen = [
      { first: 20, last: 21 },
      { first: 2, last: 9 },
      { first: 3, last: 4 },
    ];
    const found = (searched: readonly SearchedPages[]): string[] =>
      find("quokka", searched, 100).map(({ documentId, part }) => `${documentId === one ? "" : "other "}${part}`);
    const ofOne = ["2", "3", "4", "5", "6", "7", "8", "9", "20", "21"];
    expect(found([{ documentId: one, pages: chosen }])).toEqual(ofOne);
    const both = [
      { documentId: one, pages: chosen },
      { documentId: other, pages: [{ first: 30, last: 30 }] },
    ];
    expect(found(both)).toEqual([...ofOne, "other 30"]);
    expect(found([...both, whole(other)])).toHaveLength(40);
    expect(found([whole(third)])).toEqual(["other 1"]);
    expect(found([])).toEqual([]);
  });

  it("takes any question as plain words", () => {
    const id = add("A quote and a NEAR word.");
    fill(id);
    for (const question of ['"', 'a" OR b*', "NEAR(a b)", "words:x", "^a", "-", "\0", "\uD800", "x".repeat(100_000)]) {
      expect(() => find(question, [whole(id)], 5)).not.toThrow();
    }
    expect(ask('"quote" NEAR(word', id)).toEqual(["A quote and a NEAR word."]);
  });

  it("indexes a long text in small steps, across the pieces in which it is stored, and each place is true", () => {
    const text = Array.from(
      { length: 6_000 },
      (_, at) => `Item ${at} costs ${at * 7} crowns in shop number${at}.`,
    ).join("\n");
    const id = add(text);
    expect(fill(id)).toBeGreaterThan(3);
    for (const at of [0, 1_000, 1_234, 2_345, 4_567, 5_999]) {
      const [found = ""] = ask(`number${at}`, id);
      expect(found).toContain(`shop number${at}.`);
      expect(found).toMatch(/^Item .*\.$/su);
    }
    expect(fill(id)).toBe(1);
    index.forget();
    expect(ask("number5", id)).toEqual([]);
    fill(id);
    expect(ask("number5", id)).toHaveLength(1);
  });

  it("takes small steps through one long text, however slow the machine is, and reads little of it in each", () => {
    const id = add(Array.from({ length: 40_000 }, (_, at) => `Item ${at} is in shop number${at}.\n`).join(""));
    const { chars } = tables.documents.read(id);
    expect(chars).toBeGreaterThan(1_000_000);
    // A machine that takes 10 ms for a thousand characters, and no time for anything else.
    const written = vi.spyOn(Statements.prototype, "run");
    onTestFinished(() => written.mockRestore());
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      for (const [sql, , words] of written.mock.calls) {
        if (sql.startsWith("INSERT INTO passageSearch (rowid")) now += String(words).length / 100;
      }
      written.mockClear();
      return now;
    });
    onTestFinished(() => clock.mockRestore());
    const read = vi.spyOn(tables.documents, "pieceAt");
    const steps: number[] = [];
    for (let isLeft = true; isLeft; ) {
      const begun = performance.now();
      isLeft = index.step([id]);
      steps.push(performance.now() - begun);
    }
    expect(Math.max(...steps.slice(1))).toBeGreaterThan(20);
    expect(Math.max(...steps.slice(1))).toBeLessThan(80);
    expect(read.mock.calls.length).toBeLessThan(3 * steps.length);
  });

  it("counts the words of a long question in steps, and again only after something was indexed", () => {
    const id = add(Array.from({ length: 3_000 }, (_, at) => `Item ${at} is in shop number${at}.`).join("\n"));
    fill(id);
    const get = vi.spyOn(Statements.prototype, "get");
    onTestFinished(() => get.mockRestore());
    const question = Array.from({ length: 900 }, (_, at) => `number${at}`).join(" ");
    const words = soughtWords(question).length;
    let steps = 1;
    for (; index.count(question); steps++) expect(get.mock.calls.length).toBeLessThanOrEqual(200 * steps);
    expect(steps).toBeGreaterThan(2);
    expect(get).toHaveBeenCalledTimes(words);
    expect(index.count(question)).toBe(false);
    expect(get).toHaveBeenCalledTimes(words);
    expect(ask(question, id)).toHaveLength(1);
    fill(id, add("More about number1."));
    get.mockClear();
    while (index.count(question));
    expect(get).toHaveBeenCalledTimes(words);
  });

  it("begins again after a step in which a document could not be read", () => {
    const first = add("A numbat eats termites.");
    fill(first);
    const second = add(["An okapi eats leaves.", "A quokka eats grass."]);
    tables.database.exec("ALTER TABLE documentTexts RENAME TO away");
    expect(() => index.step([second])).toThrow("documentTexts");
    expect(index.has([first])).toBe(false);
    tables.database.exec("ALTER TABLE away RENAME TO documentTexts");
    fill(first, second);
    expect(ask("numbat", first, second)).toEqual(["A numbat eats termites."]);
    expect(ask("grass", first, second)).toEqual(["A quokka eats grass."]);
  });

  it("says that a document is gone", () => {
    expect(() => index.step(["none"])).toThrow("document-not-found");
  });
});
