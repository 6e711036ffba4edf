// A process that purges all chats but the one with a word in it, says so, and lets its store's worker erase them until it
// is killed.
import { Worker } from "node:worker_threads";

const [home, workerPath, word] = process.argv.slice(2);
const worker = new Worker(workerPath, { workerData: { home } });
const waiting = new Map();
let nextId = 1;
worker.on("message", (report) => waiting.get(report.id)?.(report.value));

function request(name, params) {
  const id = nextId++;
  worker.postMessage({ type: "call", id, name, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

const { hits } = await request("searchChats", { query: word, cursor: null });
const kept = hits[0].chat.id;
const chatIds = (await request("chatIds", {})).filter((id) => id !== kept);
await request("purgeChats", { chatIds });
process.stdout.write("purged\n");
