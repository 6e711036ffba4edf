// Measures what a batch of a few tokens costs in comparison with one token, at the end of a context: the most that
// speculative decoding could gain. The order of the sizes changes each round.
//   node tests/bench/batchCost.mjs MODEL.gguf [--rounds 15] [--depth 512] [--threads N]
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { getLlama } from "node-llama-cpp";
import { median } from "./median.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "15" },
    depth: { type: "string", default: "512" },
    threads: { type: "string", default: String(availableParallelism()) },
  },
});
const [modelPath] = positionals;
if (modelPath === undefined) throw new Error("usage: batchCost.mjs MODEL.gguf [options]");
const [rounds, depth, threads] = ["rounds", "depth", "threads"].map((name) => Number(values[name]));
const sizes = [1, 2, 4, 8];

const llama = await getLlama({
  gpu: false,
  build: "never",
  skipDownload: true,
  progressLogs: false,
  maxThreads: threads,
});
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const context = await model.createContext({
  contextSize: depth + 64,
  batchSize: 512,
  threads: { ideal: threads, min: threads },
});
const sequence = context.getSequence();
const tokens = Array.from({ length: depth + 64 }, (_, index) => 1000 + ((index * 7919) % 20_000));
await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(0, depth));

const times = new Map(sizes.map((size) => [size, []]));
// The first round warms up.
for (let round = -1; round < rounds; round++) {
  for (const size of round % 2 === 0 ? sizes : sizes.toReversed()) {
    const started = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(depth, depth + size));
    if (round >= 0) times.get(size).push(performance.now() - started);
    await sequence.eraseContextTokenRanges([{ start: depth, end: depth + size }]);
  }
}
const one = median(times.get(1));
for (const size of sizes) {
  const ms = median(times.get(size));
  console.log(`${size} tokens   ${ms.toFixed(1)} ms   ${(ms / one).toFixed(2)} times one`);
}
await context.dispose();
await model.dispose();
process.exit(0);
