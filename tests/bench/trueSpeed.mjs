// Measures a model file with the given thread counts and depths, by the same calls as the engine, and prints a line of
// JSON for each. Reading tokens up to a depth of 4,096 would take most of an hour per model, so the cache is filled
// with copies of the keys and values of 256 tokens. Their content does not affect the time.
//
//   UV_THREADPOOL_SIZE=1 node tests/bench/trueSpeed.mjs MODEL.gguf -t 2,1 -d 4096,0 [-p 512] [-n 16] [-r 2]
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { getLlama } from "node-llama-cpp";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: "string", short: "t", default: "2" },
    depth: { type: "string", short: "d", default: "0" },
    prompt: { type: "string", short: "p", default: "512" },
    generate: { type: "string", short: "n", default: "16" },
    repeats: { type: "string", short: "r", default: "2" },
    "prompt-repeats": { type: "string" },
  },
});
const [modelPath] = positionals;
const [threadCounts, depths] = ["threads", "depth"].map((name) => values[name].split(",").map(Number));
const [prompt, generate, repeats] = ["prompt", "generate", "repeats"].map((name) => Number(values[name]));
const promptRepeats = Number(values["prompt-repeats"] ?? values.repeats);
const readTokens = 256;
const mostThreads = Math.max(...threadCounts);
const mostDepth = Math.max(...depths);

const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false });
llama.maxThreads = mostThreads;
const model = await llama.loadModel({ modelPath, gpuLayers: 0, ignoreMemorySafetyChecks: true });
const context = await model.createContext({
  contextSize: mostDepth + Math.max(prompt, generate, readTokens) + 16,
  batchSize: 512,
  sequences: 1,
  threads: { ideal: mostThreads, min: 1 },
  ignoreMemorySafetyChecks: true,
  failedCreationRemedy: false,
});
const sequence = context.getSequence();
const vocabulary = [...model.iterateAllTokens()];
const draw = () => vocabulary[Math.floor(Math.random() * vocabulary.length)];

for (const depth of depths.toSorted((a, b) => b - a)) {
  await fill(depth);
  for (const threads of threadCounts) console.log(JSON.stringify(await measure(depth, threads)));
}
await llama.dispose();
process.exit(0);

async function measure(depth, threads) {
  llama.maxThreads = threads;
  const loadBefore = load();
  const generated = [];
  // The first run is a warm-up: pages of the file, and the threads.
  for (let run = 0; run <= repeats; run++) {
    await cut(depth);
    const seconds = await timed(async () => {
      const tokens = sequence.evaluate([draw()], { temperature: 0, yieldEogToken: true });
      for (let done = 0; done < generate; done++) await (done === 0 ? tokens.next() : tokens.next(draw()));
      await tokens.return();
    });
    if (run > 0) generated.push(generate / seconds);
  }
  const read = [];
  for (let run = 0; run < promptRepeats; run++) {
    await cut(depth);
    const tokens = Array.from({ length: prompt }, draw);
    read.push(prompt / (await timed(() => sequence.evaluateWithoutGeneratingNewTokens(tokens))));
  }
  return { modelPath, threads, depth, prompt, generate, read, generated, others: othersSince(loadBefore) };
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Milliseconds of CPU time over all cores: of all processes, and of this process. */
function load() {
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { user, system } = process.cpuUsage();
  return { busy, ours: (user + system) / 1000, at: performance.now() };
}

/** Returns the cores that other programs kept busy since `before`. Above 0.1, the figures are noisy. */
function othersSince(before) {
  const now = load();
  return (now.busy - before.busy - (now.ours - before.ours)) / (now.at - before.at);
}

async function cut(depth) {
  if (depth === 0) await sequence.clearHistory();
  else if (sequence.nextTokenIndex > depth)
    await sequence.eraseContextTokenRanges([{ start: depth, end: sequence.nextTokenIndex }]);
  if (sequence.nextTokenIndex !== depth) throw new Error("The context could not be cut back.");
}

/** Called once, at the largest depth. The smaller ones are taken from it. */
async function fill(depth) {
  if (depth < mostDepth || depth === 0) return;
  await sequence.evaluateWithoutGeneratingNewTokens(Array.from({ length: readTokens }, draw));
  const file = join(tmpdir(), `true-speed-${process.pid}.state`);
  await sequence.saveStateToFile(file);
  const state = readFileSync(file);
  writeFileSync(file, multiplied(state, depth / readTokens));
  await sequence.clearHistory();
  await sequence.loadStateFromFile(file, { acceptRisk: true });
  rmSync(file);
  if (sequence.nextTokenIndex !== depth) throw new Error("The state could not be multiplied.");
}

/** Returns llama.cpp's sequence state (src/llama-kv-cache.cpp, `state_write`) with its cells repeated `times` over. */
function multiplied(state, times) {
  let at = 8;
  const tokenCount = state.readUInt32LE(at);
  const tokens = state.subarray(at + 4, at + 4 + tokenCount * 4);
  at += 4 + tokenCount * 4;
  const streams = state.readUInt32LE(at);
  const cells = state.readUInt32LE(at + 4);
  if (streams !== 1 || cells !== readTokens) throw new Error("An unknown state.");
  const streamHead = Buffer.from(state.subarray(at, at + 8));
  streamHead.writeUInt32LE(cells * times, 4);
  const tokenHead = Buffer.alloc(4);
  tokenHead.writeUInt32LE(tokenCount * times);
  const parts = [state.subarray(0, 8), tokenHead, ...Array(times).fill(tokens), streamHead];
  at += 8;
  const meta = state.subarray(at, at + cells * 12);
  for (let copy = 0; copy < times; copy++) {
    const moved = Buffer.from(meta);
    for (let cell = 0; cell < cells; cell++) {
      if (meta.readUInt32LE(cell * 12 + 4) !== 1) throw new Error("An unknown cell.");
      moved.writeInt32LE(meta.readInt32LE(cell * 12) + copy * cells, cell * 12);
    }
    parts.push(moved);
  }
  at += meta.length;
  const [transposed, layers] = [state.readUInt32LE(at), state.readUInt32LE(at + 4)];
  if (transposed !== 0) throw new Error("Values are stored in columns: flash attention is off.");
  parts.push(state.subarray(at, at + 8));
  at += 8;
  for (let block = 0; block < 2 * layers; block++) {
    const rowBytes = Number(state.readBigUInt64LE(at + 4));
    const rows = state.subarray(at + 12, at + 12 + rowBytes * cells);
    parts.push(state.subarray(at, at + 12), ...Array(times).fill(rows));
    at += 12 + rows.length;
  }
  if (at !== state.length) throw new Error("An unknown rest of the state.");
  return Buffer.concat(parts);
}
