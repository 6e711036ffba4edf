// Measures how long the passages of documents take to be indexed and found: those of a document of 1,000 pages, those of
// 2,000 documents, and those of a folder of as many. A step of indexing is how long other requests to the store may wait for it.
//   node tests/bench/passages.mjs [--pages 1000] [--documents 2000] [--chars 30000] [--queries 200]
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { root } from "../../scripts/setup/paths.mjs";

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "1000" },
    documents: { type: "string", default: "2000" },
    chars: { type: "string", default: "30000" },
    queries: { type: "string", default: "200" },
  },
});
const [pages, documents, chars, queries] = [values.pages, values.documents, values.chars, values.queries].map(Number);
const { ChatStore } = (await runnerImport(join(root, "electron/workbench/chats/ChatStore.ts"))).module;
/** As many as a message may have. */
const ofMessage = 20;
const folder = mkdtempSync(join(tmpdir(), "r1-passages-"));

let seed = 1;
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const letters = "etaoinshrdlucmfwypvbgk";
// As in a language, few words are frequent and most are rare.
const word = (rank) => {
  let name = "";
  for (let left = rank + 3; left > 0; left = Math.floor(left / letters.length)) name += letters[left % letters.length];
  return name;
};
const anyWord = () => word(Math.floor(20_000 ** random()));
function textOf(length) {
  const sentences = [];
  for (let size = 0; size < length; ) {
    const sentence = `${Array.from({ length: 8 + Math.floor(random() * 14) }, anyWord).join(" ")}.`;
    size += sentence.length + 1;
    sentences.push(sentence);
  }
  return sentences.join(" ");
}
function add(store, chatId, name, parts, unit) {
  const sha256 = createHash("sha256").update(parts.join("")).digest("hex");
  const document = { format: unit === null ? "text" : "pdf", title: null, unit, parts, sizeBytes: 1, sha256 };
  const { id } = store.documents.addDocument({ chatId, name, document });
  store.documents.changeAttachment({ attachmentId: id, use: "search" });
  return id;
}
const at = (list, share) => list.toSorted((one, other) => one - other)[Math.ceil(list.length * share) - 1];
const shown = (list) =>
  `median ${at(list, 0.5).toFixed(1)} ms, p95 ${at(list, 0.95).toFixed(1)} ms, most ${Math.max(...list).toFixed(1)} ms`;

/** Indexes documents of one message. Returns how long it took, and adds how long each step took. */
function index(store, chatId, attachmentIds, steps) {
  const begun = performance.now();
  for (let isLeft = true; isLeft; ) {
    const before = performance.now();
    isLeft = store.documents.indexPassages({ chatId, attachmentIds });
    steps.push(performance.now() - before);
  }
  return performance.now() - begun;
}

function ask(name, store, messages) {
  const times = [];
  let found = 0;
  for (let asked = 0; asked < queries; asked++) {
    const { chatId, attachmentIds } = messages[asked % messages.length];
    const text = `${Array.from({ length: 4 + (asked % 12) }, anyWord).join(" ")}?`;
    const before = performance.now();
    while (store.documents.indexPassages({ chatId, attachmentIds, text }));
    found += store.documents.findPassages({ chatId, text, attachmentIds, most: 20 })?.passages.length ?? Number.NaN;
    times.push(performance.now() - before);
  }
  console.log(`${name}: ${queries} questions, ${Math.round(found / queries)} passages each: ${shown(times)}`);
}

/** The same documents in a folder of documents that stays with a chat folder. */
function inFolder(store) {
  const { id: folderId } = store.createFolder({ name: "Folder" });
  store.documents.chooseFolderSource({ folderId, path: folder });
  const adding = [];
  for (let at = 0; at < documents; at++) {
    const parts = [textOf(chars)];
    const sha256 = createHash("sha256").update(parts[0]).digest("hex");
    const document = { format: "text", title: null, unit: null, parts, sizeBytes: 1, sha256 };
    const before = performance.now();
    const place = `${at}.txt`;
    store.documents.addFolderDocument({ folder: { folderId, place, version: "1" }, name: place, document });
    adding.push(performance.now() - before);
  }
  console.log(`a folder of ${documents} documents: stored each in: ${shown(adding)}`);
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  store.moveChats({ chatIds: [chatId], folderId });
  const begun = performance.now();
  const steps = [];
  for (let isLeft = true; isLeft; ) {
    const before = performance.now();
    const { indexed, documents: all } = store.documents.indexFolder({ folderId });
    isLeft = indexed < all;
    steps.push(performance.now() - before);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`a folder of ${documents} documents: indexed in ${seconds} s; ${steps.length} steps: ${shown(steps)}`);
  ask(`a folder of ${documents} documents`, store, [{ chatId, attachmentIds: [] }]);
}

try {
  const store = new ChatStore(folder);
  const newChat = () => store.createChat({ thinking: "on", modelId: null }).id;
  const chatId = newChat();
  const book = Array.from({ length: pages }, () => textOf(3_000));
  const attachmentIds = [add(store, chatId, "book.pdf", book, "page")];
  const bookSteps = [];
  const ms = index(store, chatId, attachmentIds, bookSteps);
  console.log(`${pages} pages: indexed in ${(ms / 1000).toFixed(2)} s; ${bookSteps.length} steps: ${shown(bookSteps)}`);
  ask(`${pages} pages`, store, [{ chatId, attachmentIds }]);

  const messages = [];
  for (let left = documents; left > 0; left -= ofMessage) {
    const chat = newChat();
    const ids = Array.from({ length: Math.min(left, ofMessage) }, (_, at) =>
      add(store, chat, `${at}.txt`, [textOf(chars)], null),
    );
    messages.push({ chatId: chat, attachmentIds: ids });
  }
  const steps = [];
  const times = messages.map((each) => index(store, each.chatId, each.attachmentIds, steps));
  console.log(
    `${documents} documents, ${ofMessage} a message: a message indexed in: ${shown(times)}; steps: ${shown(steps)}`,
  );
  ask(`${documents} documents`, store, messages);
  inFolder(store);
  console.log(`${Math.round(process.memoryUsage().rss / 1e6)} MB of memory in all`);
  store.close();
} finally {
  rmSync(folder, { recursive: true });
}
