// Measures the window with 10,000 chats, 200,000 messages (one chat has 5,000) and 2,000 documents: the first page of the list, a
// search, opening a chat, the time until it is usable, and memory. Times are taken in the page, so that they include
// the way through IPC. Needs a display or xvfb-run, and a build (npm run build).
//   node tests/bench/largeStore.mjs [--home FOLDER] [--starts 5] [--chats 10000] [--messages 200000] [--largest 5000] [--documents 2000]
// With --home, the store is created there once and kept for later runs, which use a copy.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";
import { makeLargeStore } from "./makeLargeStore.mjs";

const { values } = parseArgs({
  options: {
    home: { type: "string" },
    starts: { type: "string", default: "5" },
    chats: { type: "string", default: "10000" },
    messages: { type: "string", default: "200000" },
    largest: { type: "string", default: "5000" },
    documents: { type: "string", default: "2000" },
  },
});
const queries = {
  frequent: [
    "the",
    "and",
    "because",
    "people",
    "sentence",
    "model",
    "question the",
    "animal mother world",
    "time",
    "tha",
  ],
  rare: ["zyzzyva", "quokkas", "syzygy", "ünïcödé", "kvetching", "not there", "zyzzyva the", "xxxxxx", "quokkas e"],
  short: ["qx", "go", "e", "th", "zz", "8", "ҩҩ", "#!", "o u", "qx the"],
  CJK: ["模型", "的", "我们可以", "麒麟", "饕餮", "鬱", "龘", "龘龘", "可以 麒麟", "时间"],
};
const searchRounds = 5;
const openedChats = 60;

const { path: binary } = await ensureElectronRuntime();
const sandbox = await sandboxArguments(binary);
const made = values.home ?? mkdtempSync(join(tmpdir(), "r1-large-made-"));
const noteFile = join(made, "large-store.json");
if (!existsSync(noteFile)) {
  const started = performance.now();
  const size = {
    chats: Number(values.chats),
    messages: Number(values.messages),
    largest: Number(values.largest),
    documents: Number(values.documents),
  };
  const largestId = await makeLargeStore({ home: made, ...size }, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} messages`);
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  writeFileSync(noteFile, JSON.stringify({ ...size, largestId, seconds }));
}
const { chats, messages, largest, documents, largestId, seconds } = JSON.parse(readFileSync(noteFile, "utf8"));
const megabytes = Math.round(statSync(join(made, "store", "chats.db")).size / 1e6);
console.log(
  `${chats} chats, ${messages} messages, one chat of ${largest}, ${documents} documents; ${megabytes} MB, made in ${seconds} s`,
);

const home = mkdtempSync(join(tmpdir(), "r1-large-"));
try {
  cpSync(join(made, "store"), join(home, "store"), { recursive: true });
  const first = await start();
  console.log(`first start (with migrations, if there are any)   ${Math.round(first.usableMs)} ms`);
  await first.electron.close();
  const usable = [];
  for (let run = 0; run < Number(values.starts); run++) {
    const app = await start();
    usable.push(app.usableMs);
    try {
      if (run + 1 === Number(values.starts)) await measure(app);
    } finally {
      await app.electron.close();
    }
  }
  print("window usable from start", usable);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  if (values.home === undefined) rmSync(made, { recursive: true, force: true });
}

/** Usable means that chats are listed and the text box has accepted a key. */
async function start() {
  const started = performance.now();
  const electron = await _electron.launch({
    executablePath: binary,
    args: [...sandbox, root],
    env: { ...process.env, R1_WORKBENCH_HOME: home },
  });
  const page = await electron.firstWindow();
  page.setDefaultTimeout(120_000);
  await page.getByRole("textbox", { name: "Message" }).press("a");
  await page.waitForFunction(() => document.activeElement?.value?.endsWith("a") === true);
  await page.locator(".chat-row").first().waitFor();
  const usableMs = performance.now() - started;
  await page.getByRole("textbox", { name: "Message" }).fill("");
  return { electron, page, usableMs };
}

async function measure({ electron, page }) {
  // By then the engine has started and measured, and uses no more CPU.
  await page.waitForTimeout(8000);
  const memory = [`at start ${await memoryOf(electron)}`];
  const list = await timeCalls(page, Array(50).fill(["chats.list", {}]));
  print("first page of the list", list.ms, list.bytes);
  const all = [];
  for (const [kind, words] of Object.entries(queries)) {
    const calls = Array(searchRounds).fill(words).flat();
    const { ms, bytes } = await timeCalls(
      page,
      calls.map((query) => ["chats.search", { query }]),
    );
    print(`search, ${kind} words`, ms, bytes);
    all.push(...ms);
  }
  print("search, all", all);
  const opened = await timeCalls(page, Array(20).fill(["chats.open", { chatId: largestId }]));
  print(`open the chat of ${largest}`, opened.ms, opened.bytes);
  const usual = await timeCalls(
    page,
    (await someChats(page)).map((chatId) => ["chats.open", { chatId }]),
  );
  print("open a usual chat", usual.ms, usual.bytes);
  // In the same way as a user.
  await page.evaluate((id) => (location.hash = `#/chat/${id}`), largestId);
  await page.getByRole("article").last().waitFor();
  await page.getByRole("searchbox", { name: "Search chats" }).fill("because");
  await page.waitForTimeout(3000);
  memory.push(`with the chat of ${largest} open and a search ${await memoryOf(electron)}`);
  console.log(`memory of main and page: ${memory.join("; ")}`);
}

/** Returns ids of chats from the whole list, evenly spaced. */
async function someChats(page) {
  const ids = await page.evaluate(async () => {
    const all = [];
    let cursor = null;
    do {
      const outcome = await window.r1.call("chats.list", { cursor });
      all.push(...outcome.value.chats.map(({ id }) => id));
      cursor = outcome.value.next;
    } while (cursor !== null);
    return all;
  });
  const step = Math.max(1, Math.floor(ids.length / openedChats));
  return ids.filter((_, index) => index % step === 0);
}

/** Returns the milliseconds of each call, made one after the other, and the bytes of the largest result as JSON. */
async function timeCalls(page, calls) {
  return page.evaluate(async (asked) => {
    const ms = [];
    let bytes = 0;
    for (const [name, input] of asked) {
      const started = performance.now();
      const outcome = await window.r1.call(name, input);
      ms.push(performance.now() - started);
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message} ${outcome.error.detail ?? ""}`);
      bytes = Math.max(bytes, JSON.stringify(outcome.value).length);
    }
    return { ms, bytes };
  }, calls);
}

/** Resident sets count memory that the processes share, mostly Electron's own files, once for each process. */
async function memoryOf(electron) {
  const metrics = await electron.evaluate(({ app }) => app.getAppMetrics());
  const processes = ["Browser", "Tab"].map((type) => metrics.find((one) => one.type === type));
  const [main = 0, page = 0] = processes.map((one) => (one?.memory.workingSetSize ?? 0) / 1024);
  const resident = `${Math.round(main + page)} MB resident (main ${Math.round(main)}, page ${Math.round(page)})`;
  if (process.platform !== "linux") return resident;
  const shares = processes.map(({ pid }) => {
    const [, kibibytes] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
    return Number(kibibytes) / 1024;
  });
  return `${Math.round(shares[0] + shares[1])} MB with what is shared divided among its users, ${resident}`;
}

function print(name, ms, bytes) {
  const sorted = ms.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]?.toFixed(1);
  const size = bytes === undefined ? "" : `   at most ${Math.round(bytes / 1000)} kB`;
  console.log(`${name.padEnd(28)} median ${at(0.5)} ms   p95 ${at(0.95)} ms   max ${at(1)} ms${size}`);
}
