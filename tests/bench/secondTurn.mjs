// Measures the second turn of a chat with the built engine (npm run build): the time to its first token as it would be
// without reading ahead, after it, after a restart and after another chat, each compared with the same turn in a chat
// without thoughts; how long a stop takes while a prompt is read; and how long a message waits for background reading.
//
//   node tests/bench/secondTurn.mjs MODEL.gguf [--rounds 3] [--thought 1000] [--answer 600] [--prompt 4000] [--threads N]
//   node tests/bench/secondTurn.mjs --kills 200
//
// All ways are measured in turns in each round, so that a drift of the machine favours none. `--kills` kills a workbench
// that writes replies with R1 Nano at random moments, and compares what it left with reading it anew.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compareStates, runAndKill } from "../support/engine/killedStates.mjs";
import { median } from "./median.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    thought: { type: "string", default: "1000" },
    answer: { type: "string", default: "600" },
    prompt: { type: "string", default: "4000" },
    threads: { type: "string", default: String(availableParallelism()) },
    kills: { type: "string" },
  },
});
const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, seed: 1 };
const words = "the sea is wide and old and every river that was ever named runs down to it at last".split(" ");
const folder = await mkdtemp(join(tmpdir(), "second-turn-"));
try {
  if (values.kills !== undefined) await killAll(Number(values.kills));
  else if (positionals[0] === undefined) throw new Error("usage: secondTurn.mjs MODEL.gguf [options], or --kills N");
  else await measureAll(positionals[0]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** @param {number} count words, most of which are one token each; they differ by `salt`, so that nothing is shared */
function text(count, salt) {
  return Array.from(
    { length: count },
    (_, index) => words[(index * 7 + salt * 5 + (index % 11) * salt) % words.length],
  ).join(" ");
}

async function measureAll(path) {
  const [thoughtTokens, answerTokens] = [Number(values.thought), Number(values.answer)];
  const contextSize = Math.max(4096, Number(values.prompt) + 256);
  let engine = await openEngine(path, contextSize);
  const times = { "without thoughts": [], "as before": [], "read ahead": [], restarted: [], "another chat first": [] };
  const [stops, delays, saves] = [[], [], []];
  const figures = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    const question = { role: "user", content: `Tell me about the sea. ${text(20, round + 1)}` };
    const thought = text(thoughtTokens, round + 2);
    const answer = `\n\n${text(answerTokens, round + 3)}`;
    const reply = { role: "assistant", content: `<think>\n${thought}\n</think>${answer}` };
    const next = { role: "user", content: "And what about the rivers that never reach it, and the lakes?" };
    const first = { messages: [question], thinking: "on" };
    const past = { messages: [question, reply], thinking: "on" };
    const second = { messages: [question, reply, next], thinking: "on" };
    const plain = { messages: [question, { role: "assistant", content: answer }], thinking: "on" };
    const plainSecond = { messages: [...plain.messages, next], thinking: "on" };
    /** The state after the reply: its prompt, the thought and the answer. */
    const afterReply = () => engine.generate({ ...first, soFar: { thought, answer } }, 1);
    const elsewhere = () => engine.generate({ messages: [{ role: "user", content: "Hello" }], thinking: "on" }, 1);

    await engine.ask("readAhead", { chat: "x", ...plain }).result;
    times["without thoughts"].push((await engine.generate(plainSecond, 1)).ttftMs);
    await elsewhere();
    await afterReply();
    times["as before"].push((await engine.generate(second, 1)).ttftMs);
    await elsewhere();
    await afterReply();
    await engine.ask("readAhead", { chat: "x", ...past }).result;
    const file = join(folder, `${round}.bin`);
    const saved = await engine.ask("saveState", { path: file }).result;
    saves.push(saved.ms);
    const ahead = await engine.generate(second, 1);
    times["read ahead"].push(ahead.ttftMs);
    Object.assign(figures, {
      promptTokens: ahead.promptTokens,
      reusedTokens: ahead.cachedTokens,
      stateBytes: saved.sizeBytes,
    });
    const restored = async () => {
      const restore = { prompt: second, path: file, sizeBytes: saved.sizeBytes, sha256: saved.sha256 };
      const { outcome, ms } = await engine.ask("restoreState", restore).result;
      if (outcome !== "restored") throw new Error(`the state was not restored: ${outcome}`);
      return (await engine.generate(second, 1, ms)).ttftMs;
    };
    await elsewhere();
    times["another chat first"].push(await restored());
    await engine.close();
    engine = await openEngine(path, contextSize);
    // A first evaluation reads the weights from the disk, which belongs to the load.
    await elsewhere();
    times.restarted.push(await restored());

    const long = { messages: [{ role: "user", content: text(Number(values.prompt) - 50, round + 9) }], thinking: "on" };
    stops.push(await stopAfter("generate", generation(long, 1), 1500 + round * 333));
    delays.push(await stopAfter("readAhead", { chat: "x", ...long }, 1500 + round * 333));
    console.error(
      `round ${round + 1}: ${JSON.stringify(Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.round(all.at(-1))])))}`,
    );
  }
  await engine.close();
  const base = times["without thoughts"];
  console.log(
    `${figures.reusedTokens} of ${figures.promptTokens} tokens reused; state ${(figures.stateBytes / 1e6).toFixed(1)} MB, written in ${median(saves).toFixed(0)} ms`,
  );
  console.log("| second turn | time to first token, ms | times that without thoughts |\n|---|---|---|");
  for (const [name, all] of Object.entries(times)) {
    const ratio = median(all.map((ms, round) => ms / base[round]));
    console.log(`| ${name} | ${Math.round(median(all))} | ${ratio.toFixed(2)} |`);
  }
  console.log(`| what | median, ms | longest, ms |\n|---|---|---|`);
  console.log(
    `| stop while a prompt of ${values.prompt} tokens is read | ${Math.round(median(stops))} | ${Math.round(Math.max(...stops))} |`,
  );
  console.log(
    `| a message that comes during background reading waits | ${Math.round(median(delays))} | ${Math.round(Math.max(...delays))} |`,
  );

  /** Cancels a request after a time, and resolves with how long it took to end. */
  async function stopAfter(operation, params, ms) {
    const request = engine.ask(operation, params);
    await new Promise((resolve) => setTimeout(resolve, ms));
    const cancelledAt = performance.now();
    request.cancel();
    await request.result;
    return performance.now() - cancelledAt;
  }
}

function generation(prompt, maxTokens, restoreMs = 0) {
  return { chat: null, ...prompt, sampling, maxTokens, restoreMs };
}

async function openEngine(path, contextSize) {
  const child = spawn(process.execPath, [join(root, "out/engine/engine.js"), "--backend", "cpu"], {
    env: { ...process.env, UV_THREADPOOL_SIZE: "1", GGML_NO_BACKTRACE: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map();
  let nextId = 1;
  const ready = new Promise((resolve) => {
    child.on("message", (report) => {
      if (report.type === "ready") resolve(null);
      const pending = waiting.get(report.id);
      if (report.type === "result" || report.type === "cancelled") pending?.resolve(report.value ?? null);
      if (report.type === "failed") pending?.reject(new Error(JSON.stringify(report.problem)));
    });
  });
  await ready;
  const ask = (operation, params) => {
    const id = nextId++;
    const result = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.send({ type: "request", id, operation, params });
    return { result, cancel: () => child.send({ type: "cancel", id }) };
  };
  await ask("load", {
    path,
    family: "r1",
    chatTemplate: null,
    contextSize,
    batchSize: 512,
    threads: Number(values.threads),
    gpuLayers: 0,
    flashAttention: null,
    kvCacheType: null,
    memoryMapped: null,
  }).result;
  return {
    ask,
    generate: (prompt, maxTokens, restoreMs) => ask("generate", generation(prompt, maxTokens, restoreMs)).result,
    close: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.send({ type: "shutdown" });
      }),
  };
}

async function killAll(kills) {
  const nodePath = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  const all = { kills: 0, states: 0, refused: 0, altered: 0 };
  const most = { probability: 0, keyValues: 0 };
  const ofRounding = { probability: 0, keyValues: 0 };
  for (; all.kills < kills; all.kills++) {
    await runAndKill(nodePath, join(folder, "home"), Math.random() * 3000);
    const found = await compareStates(join(folder, "home"), join(root, "resources/models/r1-nano.gguf"));
    for (const name of ["states", "refused", "altered"]) all[name] += found[name];
    for (const name of ["probability", "keyValues"]) {
      most[name] = Math.max(most[name], found.difference[name]);
      ofRounding[name] = Math.max(ofRounding[name], found.rounding[name]);
    }
    console.error(JSON.stringify({ ...all, most, ofRounding }));
  }
  console.log(
    `${all.kills} kills: ${all.states} states compared, ${all.altered} altered, ${all.refused} refused by their hash; largest difference from reading anew, and what rounding alone makes: ${most.keyValues.toExponential(1)} and ${ofRounding.keyValues.toExponential(1)} of the keys and values, ${most.probability.toExponential(1)} and ${ofRounding.probability.toExponential(1)} in a next token's probability`,
  );
}
