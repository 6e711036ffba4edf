// Fills a home with a store of many chats, through the product's own tables and migrations. The same seed gives the
// same words. Commits are grouped, because one per message would take an hour.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";
import { root } from "../../scripts/setup/paths.mjs";

const dayMs = 86_400_000;
const messagesPerCommit = 2000;
const folders = 40;
const pagesOfDocument = 20;
const wordsOfPage = 350;
/** Chats with fewer messages have no summary. */
const summarizedMessages = 20;

/** Words that occur only in a few messages, spread over the whole period. */
export const rareWords = ["zyzzyva", "quokkas", "麒麟", "syzygy", "Ünïcödé", "qx", "饕餮", "鬱", "ҩҩ", "kvetching"];
export const frequentChinese = ["模型", "我们", "的", "时间", "可以"];

/**
 * Returns the id of the chat with the most messages. `home` must not have a store yet. There are folders, summaries, and
 * as many documents as wanted, each of 20 pages: half are sent whole, and half are searched.
 * @param {{ home: string, chats: number, messages: number, largest: number, documents?: number }} size
 * @param {(done: number) => void} [onProgress]
 */
export async function makeLargeStore({ home, chats, messages, largest, documents = 0 }, onProgress = () => undefined) {
  const load = async (name) => (await runnerImport(join(root, "electron/workbench/chats", name))).module;
  const { inTransaction, openDatabase } = await load("openDatabase.ts");
  const { migrate } = await load("migrations.ts");
  const { storeTables } = await load("storeTables.ts");
  mkdirSync(join(home, "store"), { recursive: true, mode: 0o700 });
  const database = openDatabase(join(home, "store", "chats.db"));
  migrate(database);
  const tables = storeTables(database);
  const { chats: chatTable, messages: messageTable } = tables;

  const { random, sentence, chinese } = writer(7);
  const lengths = chatLengths(random, { chats, messages, largest });
  const clock = Date.now;
  const start = clock() - 700 * dayMs;
  const model = { id: "r1-nano", name: "R1 Nano" };
  const stats = {
    promptTokens: 900,
    cachedTokens: 800,
    thoughtTokens: 180,
    answerTokens: 260,
    ttftMs: 310,
    thoughtMs: 4200,
    thoughtCut: null,
    prefillTokensPerSecond: 310,
    tokensPerSecond: 23.4,
    stopReason: "end",
    speedSamples: Array.from({ length: 60 }, () => Math.round(200 + random() * 60) / 10),
  };
  const questionsPerDocument = documents === 0 ? Infinity : messages / 2 / documents;
  const rareEvery = Math.floor(messages / 7);
  let done = 0;
  let largestId = "";
  let attached = 0;
  /** @type {string[]} */
  let folderIds = [];

  /** Attaches a new document to a question. */
  function attach(messageId) {
    const parts = Array.from({ length: pagesOfDocument }, () => sentence(wordsOfPage));
    const read = {
      format: "pdf",
      unit: "page",
      sizeBytes: 250_000,
      sha256: attached.toString(16).padStart(64, "0"),
      parts,
    };
    const documentId = tables.documents.add(read, `document ${attached}.pdf`);
    const isSearched = attached++ % 2 === 1;
    const passage = (number) => ({ number, part: number + 2, start: 100, length: 800 });
    const passages = isSearched ? [1, 2, 3, 4].map(passage) : null;
    tables.attachments.attach({ messageId }, documentId, {
      use: isSearched ? "search" : "whole",
      pages: null,
      passages,
    });
  }

  function writeChat(length, index) {
    const inChinese = random() < 0.15;
    const text = (words) => (inChinese ? chinese(words * 2) : sentence(words));
    const { id: chatId } = chatTable.insert("on", model.id);
    if (length === largest) largestId = chatId;
    chatTable.titleFromMessage(chatId, text(4).slice(0, 50));
    if (index % 9 === 0) chatTable.saveDraft(chatId, { draft: text(60) });
    if (index % 7 === 0) chatTable.configure(chatId, { systemPrompt: text(120) });
    if (index % 3 === 0) tables.folders.move(chatId, folderIds[index % folders]);
    let parentId = null;
    for (let count = 0; count < length; count++, done++) {
      now += (700 * dayMs) / messages;
      const isReply = count % 2 === 1;
      const rare = done % rareEvery < rareWords.length ? ` ${rareWords[done % rareEvery]} ` : "";
      const message = { chatId, parentId, owner: null };
      if (isReply) {
        parentId = messageTable.insert({ ...message, role: "assistant", text: "", state: "streaming", model });
        const end = { text: text(150) + rare + text(20), thought: text(110), state: "done", stats, problem: null };
        messageTable.finish(parentId, end);
      } else {
        parentId = messageTable.insert({
          ...message,
          role: "user",
          text: text(24) + rare,
          state: "done",
          model: null,
        });
        if (done / 2 >= attached * questionsPerDocument) attach(parentId);
      }
      if (length >= summarizedMessages && index % 4 === 0 && count === Math.floor(length / 2))
        messageTable.setSummary(parentId, { text: text(200), model, createdAt: Math.floor(now) });
    }
    chatTable.chooseLeaf(chatId, parentId);
    chatTable.touch(chatId);
  }

  let now = start;
  Date.now = () => Math.floor(now);
  try {
    folderIds = inTransaction(database, () =>
      Array.from({ length: folders }, (_, index) => tables.folders.create(`folder ${index}`).id),
    );
    for (let index = 0; index < lengths.length; ) {
      inTransaction(database, () => {
        const until = done + messagesPerCommit;
        for (; index < lengths.length && done < until; index++) writeChat(lengths[index] ?? 0, index);
      });
      onProgress(done);
    }
  } finally {
    Date.now = clock;
    database.close();
  }
  return largestId;
}

/** Returns even numbers that add up to all messages; the longest chat is in the middle of the period. */
function chatLengths(random, { chats, messages, largest }) {
  const mean = (messages - largest) / (chats - 1);
  const lengths = Array.from({ length: chats - 1 }, () => 2 * Math.max(1, Math.round((random() * mean) / 1)));
  let over = lengths.reduce((sum, length) => sum + length, largest) - messages;
  for (let index = 0; over !== 0; index = (index + 1) % lengths.length) {
    const step = over > 0 ? -2 : 2;
    if (lengths[index] + step < 2) continue;
    lengths[index] += step;
    over += step;
  }
  lengths.splice(Math.floor(chats / 2), 0, largest);
  return lengths;
}

/** Returns a writer of sentences with a natural distribution of words: a few very frequent, many rare. */
function writer(seed) {
  let state = seed;
  // Park and Miller's generator.
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const usual =
    "the of and a to in is you that it he was for on are as with his they be at one have this from or had by but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people over know water than call first who may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under very through just form sentence great think say help low line differ turn cause much mean before move right boy old too same tell does set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father because model question answer".split(
      " ",
    );
  const syllables =
    "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cli dro flu gra pli tro sna sto".split(" ");
  const pick = (list) => list[Math.floor(random() * list.length)];
  const others = Array.from({ length: 30_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(""),
  );
  const word = () => {
    const depth = random();
    if (depth < 0.6) return usual[Math.floor(usual.length * random() ** 2)];
    return others[Math.floor(others.length * random() ** 3)];
  };
  const ideographs = Array.from({ length: 2500 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7) % 20_000)));
  return {
    random,
    sentence: (words) => {
      let text = "";
      for (let count = 0; count < words; count++) text += (count % 12 === 0 ? (count ? ". " : "") : " ") + word();
      return `${text}.`;
    },
    chinese: (characters) => {
      let text = "";
      for (let count = 0; count < characters; count++) {
        if (random() < 0.12) text += pick(frequentChinese);
        else text += ideographs[Math.floor(ideographs.length * random() ** 2)];
        if (count % 15 === 14) text += "，";
      }
      return `${text}。`;
    },
  };
}
