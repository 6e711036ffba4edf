import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { foldText } from "../../../electron/contract/foldText.ts";
import { newestSchema } from "../../../electron/workbench/chats/migrations.ts";
import { putEarlierRows } from "../../support/chats/earlierStores.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

const model = { id: "nano", name: "R1 Nano" };

let home: string;
let store: ChatStore | null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "search-"));
  store = null;
});
afterEach(() => {
  close();
  rmSync(home, { recursive: true, force: true });
});

const opened = (): ChatStore => (store ??= new ChatStore(home));

function close(): void {
  store?.close();
  store = null;
}

/** Creates a chat whose title does not match its messages. */
function chatWith(question: string, answer: string): string {
  const { id: chatId } = opened().createChat({ thinking: "on", modelId: null });
  const { reply } = opened().beginTurn({ chatId, text: question, model });
  opened().finishReply({ messageId: reply.id, text: answer, thought: null, state: "done", stats: null, problem: null });
  opened().renameChat({ chatId, title: "-" });
  return chatId;
}

const found = (query: string): string[] => foundChats(opened(), query);

const same: [written: string, typed: string[]][] = [
  ["Что такое ИИ сегодня", ["ИИ", "ии", "ЧТО", "что", "Сегодня"]],
  ["Я думаю", ["я", "Я", "ДУМАЮ"]],
  ["ÖL ist teuer", ["öl", "ÖL", "Öl", "o\u0308l", "ö"]],
  ["Η ΤΝ είναι", ["ΤΝ", "τν", "η", "ΕΊΝΑΙ"]],
  ["Ο ΟΔΥΣΣΕΥΣ", ["οδυσσευς", "οδυσσευσ", "ΟΔΥΣΣΕΥΣ", "ς", "σ"]],
  ["Straße und GROẞ", ["STRASSE", "straße", "strasse", "ß", "ss", "gross"]],
  ["Cafe\u0301 cre\u0300me", ["café", "CAFÉ", "crème", "é"]],
  ["café", ["cafe\u0301", "E\u0301"]],
  ["İstanbul ve IĞDIR, ılık", ["istanbul", "İSTANBUL", "iğdır", "ığdır", "ILIK", "ı", "İ"]],
  ["ＡＢＣ１２３ ｶﾞ", ["abc", "123", "ab", "ガ", "ｶﾞ", "Ａ"]],
  ["ﬁle ½ x²", ["file", "fi", "x2"]],
  ["한국어", ["\u1112\u1161\u11AB", "한국", "국"]],
  ["می\u200Cخواهم", ["میخواهم", "می\u200Cخواهم"]],
  ["soft\u00ADhyphen", ["softhyphen", "SOFT\u00ADHYPHEN"]],
  ["שלום", ["ש", "שלום"]],
  ["你好，世界！", ["你", "世界", "好，世", "，"]],
  ["Ѓорѓи ЂЂ", ["ѓорѓи", "ђ"]],
  ["ᲒᲐᲛᲐᲠᲯᲝᲑᲐ", ["გამარჯობა", "გ"]],
  ["ՀԱՅԵՐԵՆ և", ["հայերեն", "եւ"]],
  ["Việt NAM", ["VIỆT", "việt", "ệ", "nam"]],
  ["Ångström \u212B", ["ångström", "å", "\u212B"]],
  ["a\0b C", ["c", "a b"]],
  ["𝐀𝓑 Ⓒ", ["ab", "ⓒ"]],
  ["𐐀𐐁", ["𐐨𐐩", "𐐀"]],
];
test.each(same)("%j is found whatever the case, composition and width", (written, typed) => {
  const inQuestion = chatWith(written, "nothing");
  const inAnswer = chatWith("nothing", `x ${written}`);
  const inTitle = chatWith("nothing", "nothing");
  opened().renameChat({ chatId: inTitle, title: written.replaceAll("\0", " ") });
  chatWith("nothing at all", "to be found");
  for (const query of typed) {
    // "no", "ab" and the like occur in the other texts too.
    if (foldText("nothing at all to be found x").includes(foldText(query))) continue;
    expect(found(query).toSorted(), query).toEqual([inQuestion, inAnswer, inTitle].toSorted());
  }
});

test("accents distinguish letters, and a word that does not occur is not found", () => {
  chatWith("cafe", "resume");
  for (const query of ["café", "é", "ü", "яя", "я cafe"]) expect(found(query), query).toEqual([]);
  expect(found("CAFE res")).toEqual([]);
  expect(found("\u200B \u00AD")).toEqual([]);
});

test("all words must be in one message, short ones and long ones", () => {
  const both = chatWith("Öl und ИИ", "teuer");
  chatWith("Öl", "ИИ teuer");
  expect(found("ÖL ии")).toEqual([both]);
  expect(found("ии und")).toEqual([both]);
  expect(found("öl teuer")).toEqual([]);
});

test("every character folds to the same, in each case and composition, and folds once", { timeout: 30_000 }, () => {
  const odd: string[] = [];
  for (let code = 0x20; code < 0x1f200; code++) {
    // Ideographs have neither case nor composition.
    if (code === 0x3400) code = 0xa000;
    if (code === 0xac20) code = 0xe000;
    if (code === 0x12000) code = 0x16000;
    if (code === 0x17000) code = 0x1d000;
    const char = String.fromCodePoint(code);
    const folded = foldText(char);
    const others = [folded, char.toUpperCase(), char.toLowerCase(), char.normalize("NFD")];
    if (/[\p{L}\p{N}]/u.test(char)) others.push(char.normalize("NFKD"));
    if (others.some((other) => foldText(other) !== folded)) odd.push(char);
  }
  expect(odd).toEqual([]);
});

test("a store of the previous schema is folded once, when it is opened, and stays complete", () => {
  const path = putEarlierRows(home, 3, "rows3.sql");
  const old = new DatabaseSync(path);
  old.exec(`UPDATE chats SET title = '"-"'`);
  old.close();
  for (const query of ["ИИ", "я", "öl", "STRASSE", "café", "123", "好，世", "nul", "plain"]) {
    expect(found(query), query).toHaveLength(1);
  }
  const chatId = found("café")[0] ?? "";
  const { messages } = opened().openChat({ chatId });
  expect(messages.map(({ text, problem }) => [text, problem])).toEqual([
    ["plain words", null],
    ["Cafe\u0301 … １２３", null],
  ]);
  opened().purgeChats({ chatIds: [chatId] });
  expect(found("café")).toEqual([]);
  catchUpAll(opened());
  close();
  const raw = new DatabaseSync(path);
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  expect(raw.prepare("SELECT text FROM messages WHERE folded IS NULL").all()).toEqual([{ text: '"好，世界"' }]);
  expect(raw.prepare("PRAGMA user_version").get()).toEqual({ user_version: newestSchema });
  raw.close();
  expect(found("ИИ")).toHaveLength(1);
});

test("a chat whose folded text was changed on the disk can be erased, and the search index stays intact", () => {
  const chatId = chatWith("ÖL und Straße", "Ｗ");
  close();
  const path = join(home, "store", "chats.db");
  const raw = new DatabaseSync(path);
  raw.exec("UPDATE messages SET folded = 'changed on the disk' WHERE folded IS NOT NULL");
  raw.close();
  opened().purgeChats({ chatIds: [chatId] });
  expect(found("strasse")).toEqual([]);
  catchUpAll(opened());
  close();
  const after = new DatabaseSync(path);
  after.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  after.close();
});
