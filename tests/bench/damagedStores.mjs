// Damages copies of a store in many ways and opens each: what is restored, whether anything is wrong without being marked,
// and how long backups and restores take under load. Run it with the shipped Node, which reads TypeScript:
// `node_modules/.bin/node --no-warnings tests/bench/damagedStores.mjs [images of each kind] [seed] [part of a kind's name]`.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackupShelf } from "../../electron/workbench/backups/BackupShelf.ts";
import { ChatStore } from "../../electron/workbench/chats/ChatStore.ts";
import { earlierStores, putEarlierStore } from "../support/chats/earlierStores.ts";
import { addAnsweredChat } from "../support/chats/addAnsweredChat.ts";
import { seededRandom } from "../support/seededRandom.ts";

const [images = 50, seed = 1] = process.argv.slice(2, 4).map(Number);
const [only = ""] = process.argv.slice(4);
const pageBytes = 4096;
process.umask(0o077);

const random = seededRandom(seed);
/** @param {number} most */
const below = (most) => Math.floor(random() * most);

const folder = mkdtempSync(join(tmpdir(), "r1-workbench-damage-"));

/**
 * @param {ChatStore} store
 * @param {string} title
 * @param {number} turns
 */
const addChat = (store, title, turns) => addAnsweredChat(store, title, turns, "word ".repeat(below(400)));

/**
 * What each message says, and how many of them are marked as damaged.
 *
 * @param {ChatStore} store
 */
function read(store) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  let marked = 0;
  let cursor = null;
  do {
    const page = store.listChats({ cursor });
    for (const { id } of page.chats) {
      for (const { id: messageId, text, problem } of store.readBranch({ chatId: id }).messages) {
        if (problem === null) texts.set(messageId, text);
        else marked++;
      }
    }
    cursor = page.next;
  } while (cursor !== null);
  return { texts, marked };
}

const original = join(folder, "original");
mkdirSync(original);
const first = new ChatStore(original);
for (let chat = 0; chat < 40; chat++) addChat(first, `chat ${chat}`, 10);
first.checkpointIfDue();
const main = readFileSync(join(original, "store", "chats.db"));
for (let chat = 0; chat < 10; chat++) addChat(first, `later ${chat}`, 5);
const written = read(first).texts;
const [bytes, log] = ["", "-wal"].map((ending) => readFileSync(join(original, "store", `chats.db${ending}`)));
first.close();
const closed = readFileSync(join(original, "store", "chats.db"));
console.log(
  `${written.size} messages, ${Math.round(closed.length / 1024)} KiB, log ${Math.round(log.length / 1024)} KiB, seed ${seed}`,
);

/** @type {Record<string, () => { database: Buffer, log?: Buffer }>} */
const kinds = {
  "header of zeros": () => ({ database: Buffer.concat([Buffer.alloc(100), closed.subarray(100)]) }),
  "no database": () => ({ database: Buffer.from("no database ".repeat(below(5000) + 100)) }),
  "cut off": () => ({ database: closed.subarray(0, below(closed.length)) }),
  "pages of zeros": () => {
    const copy = Buffer.from(closed);
    for (let count = 1 + below(20); count > 0; count--) {
      const at = below(closed.length / pageBytes) * pageBytes;
      copy.fill(0, at, at + pageBytes);
    }
    return { database: copy };
  },
  "overwritten bytes": () => {
    const copy = Buffer.from(closed);
    for (let count = 1 + below(30); count > 0; count--) copy[below(copy.length)] = below(256);
    return { database: copy };
  },
  "one bit": () => {
    const copy = Buffer.from(closed);
    const at = below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
    return { database: copy };
  },
  "log cut off": () => ({ database: bytes, log: log.subarray(0, below(log.length)) }),
  "log with a flipped byte": () => {
    const copy = Buffer.from(log);
    const at = below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ 0x5a;
    return { database: bytes, log: copy };
  },
  "log of another time": () => ({
    database: main,
    log: Buffer.concat([log.subarray(0, 32), Buffer.alloc(below(20_000), 7)]),
  }),
};

let failures = 0;
for (const [name, damage] of Object.entries(kinds)) {
  if (!name.includes(only)) continue;
  const sum = { opened: 0, mended: 0, restored: 0, least: Infinity, marked: 0, wrong: 0, slowest: 0 };
  for (let image = 0; image < images; image++) {
    const home = join(folder, "image");
    mkdirSync(join(home, "store"), { recursive: true });
    const { database, log: itsLog } = damage();
    writeFileSync(join(home, "store", "chats.db"), database);
    if (itsLog !== undefined) writeFileSync(join(home, "store", "chats.db-wal"), itsLog);
    const begun = performance.now();
    try {
      const store = new ChatStore(home, { examine: true });
      sum.slowest = Math.max(sum.slowest, performance.now() - begun);
      sum.opened++;
      if (store.notice !== null) sum.mended++;
      const { texts, marked } = read(store);
      sum.marked += marked;
      // A reply that was begun and not ended where the log ends is empty, and so it was then.
      for (const [id, text] of texts) if (text !== "" && written.get(id) !== text) sum.wrong++;
      sum.restored += texts.size;
      sum.least = Math.min(sum.least, texts.size);
      store.close();
    } catch (error) {
      console.log(`  ${name} ${image}: ${String(error)}`);
    }
    rmSync(home, { recursive: true });
  }
  failures += images - sum.opened + sum.wrong;
  const mean = ((100 * sum.restored) / images / written.size).toFixed(1);
  const least = ((100 * sum.least) / written.size).toFixed(1);
  console.log(
    `${name}: opened ${sum.opened}/${images}, mended ${sum.mended}, intact messages ${mean} % (least ${least} %), marked ${sum.marked}, wrong and not marked ${sum.wrong}, slowest ${Math.round(sum.slowest)} ms`,
  );
}

// Stores as earlier versions wrote them, damaged in one of these ways.
if ("earlier stores".includes(only)) {
  let opened = 0;
  let mended = 0;
  let wrong = 0;
  let intact = 0;
  let all = 0;
  for (let image = 0; image < images; image++) {
    const name = earlierStores[image % earlierStores.length] ?? "";
    const home = join(folder, "earlier");
    putEarlierStore(home, name);
    const before = new ChatStore(home);
    const its = read(before).texts;
    before.close();
    rmSync(home, { recursive: true });
    putEarlierStore(home, name, (whole) => {
      const copy = Buffer.from(whole);
      const kind = below(4);
      if (kind === 0) return copy.subarray(0, below(copy.length));
      if (kind === 1) copy.fill(0, 0, 100);
      for (let count = 1 + below(kind === 2 ? 20 : 3); count > 0; count--) {
        const at = below(copy.length / pageBytes) * pageBytes;
        if (kind === 3) copy.fill(0, at, at + pageBytes);
        else copy[at + below(pageBytes)] = below(256);
      }
      return copy;
    });
    try {
      const store = new ChatStore(home, { examine: true });
      opened++;
      if (store.notice !== null) mended++;
      const { texts } = read(store);
      // A reply whose pieces are lost is empty, and a deleted chat may be back.
      for (const [id, text] of texts) if (text !== "" && its.has(id) && its.get(id) !== text) wrong++;
      intact += texts.size;
      all += its.size;
      store.close();
    } catch (error) {
      console.log(`  ${name} ${image}: ${String(error)}`);
    }
    rmSync(home, { recursive: true });
  }
  failures += images - opened + wrong;
  console.log(
    `earlier stores: opened ${opened}/${images}, mended ${mended}, intact messages ${intact} of ${all}, wrong and not marked ${wrong}`,
  );
}

// Backups and restores while another connection writes.
if ("backups and restores".includes(only)) {
  const home = join(folder, "cycles");
  mkdirSync(join(home, "store"), { recursive: true });
  copyFileSync(join(original, "store", "chats.db"), join(home, "store", "chats.db"));
  const store = new ChatStore(home);
  const beside = new ChatStore(home);
  const shelf = new BackupShelf(home);
  const times = { backup: 0, restore: 0 };
  let differing = 0;
  for (let cycle = 0; cycle < images; cycle++) {
    const kept = JSON.stringify([...read(store).texts]);
    let begun = performance.now();
    const id = shelf.make({ reason: "asked" });
    times.backup = Math.max(times.backup, performance.now() - begun);
    addChat(beside, `cycle ${cycle}`, 2);
    begun = performance.now();
    await store.restoreBackup({ backupId: id ?? "" });
    times.restore = Math.max(times.restore, performance.now() - begun);
    if (JSON.stringify([...read(store).texts]) !== kept) differing++;
    shelf.prune();
  }
  failures += differing;
  console.log(
    `${images} backups and restores under load: ${differing} differ, ${shelf.list().backups.length} kept, slowest backup ${Math.round(times.backup)} ms, restore ${Math.round(times.restore)} ms, store ${Math.round(statSync(join(home, "store", "chats.db")).size / 1024)} KiB`,
  );
  beside.close();
  store.close();
}
rmSync(folder, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;
