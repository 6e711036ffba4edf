// A process that streams replies into a chat store as fast as it can and reports on stdout what was acknowledged: one
// line of JSON for each write, printed only after the store responded. It continues until it is killed.
import { Worker } from "node:worker_threads";

const [home, workerPath, chatId] = process.argv.slice(2);
const worker = new Worker(workerPath, { workerData: { home } });
const waiting = new Map();
let nextId = 1;
worker.on("message", (report) => {
  const settle = waiting.get(report.id);
  if (settle === undefined) return;
  if (report.type === "failed") throw new Error(JSON.stringify(report.problem));
  settle(report.value);
});

function request(name, params) {
  const id = nextId++;
  worker.postMessage({ type: "call", id, name, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Resolves once the line has left this process. */
const say = (line) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, resolve));

for (let turn = 1; ; turn++) {
  const { reply } = await request("beginTurn", { chatId, text: `question ${turn}`, model: null });
  await say({ begun: reply.id });
  let text = "";
  for (let piece = 1; piece <= 20; piece++) {
    const answer = `piece ${piece} of ${reply.id}\n`;
    await request("appendPieces", { messageId: reply.id, thought: "", answer });
    text += answer;
    await say({ appended: reply.id, text });
  }
  await request("finishReply", { messageId: reply.id, text, thought: null, state: "done", stats: null, problem: null });
  await say({ finished: reply.id, text });
}
