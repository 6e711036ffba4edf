// Compares our engine's tokens per second with node-llama-cpp alone, in alternating runs with the same model, threads
// and sampling. Each run is a new process on the shipped Node, so that nothing carries over.
//
//   node tests/bench/generateSpeed.mjs MODEL.gguf [--rounds 5] [--tokens 64] [--threads N] [--top-k 40] [--vary topK|pool|threads|pages|attention|cache|mapping | --other MODEL.gguf | --against ENGINE.js | --llama-bench PATH] [--depths 0,2048 [--read 128] [--first]]
//
// `--vary` compares settings of our own engine instead: top-k 0 and 40, UV_THREADPOOL_SIZE 1 and 4, threads N and N - 1,
// large memory pages (GLIBC_TUNABLES, Linux) and usual ones, flash attention off and on, keys and values in q8_0 and
// f16, the model file read and mapped. `--other` compares two files.
// `--against ENGINE.js` compares it with another build, which must be where it finds node_modules, and
// `--llama-bench PATH` with that program, which samples nothing and feeds random tokens.
// `--depths` keeps both engines of our own loaded and takes turns in conversations of these lengths: in each turn,
// `--read` tokens are read and `--tokens` written. `--first` runs the turns before all other programs (Linux, as root),
// with a pause after each as long as itself.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { openBenchEngine } from "./benchEngine.mjs";
import { llamaBench } from "./llamaBench.mjs";
import { median } from "./median.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    tokens: { type: "string", default: "64" },
    threads: { type: "string", default: String(availableParallelism()) },
    // The same on both sides, because the library alone takes 0 to mean "sort the whole vocabulary".
    "top-k": { type: "string", default: "40" },
    vary: { type: "string" },
    other: { type: "string" },
    against: { type: "string" },
    "llama-bench": { type: "string" },
    depths: { type: "string" },
    read: { type: "string", default: "128" },
    first: { type: "boolean", default: false },
    alone: { type: "string" },
  },
});
const question = "Write about the sea.";
const sampling = { temperature: 0.6, topP: 0.95, topK: Number(values["top-k"]), minP: 0, seed: 1 };
const tokens = Number(values.tokens);
const threads = Number(values.threads);
const read = Number(values.read);
/** A long conversation is read in parts of this many tokens. */
const fillStep = 512;

const replyTo = (content) => ({
  chat: "bench",
  messages: [{ role: "user", content }],
  thinking: "on",
  sampling,
  maxTokens: tokens,
});

const megabytes = (_key, value) => (typeof value === "number" ? Math.round(value / 1e6) : value);
const rounded = (_key, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);

if (values.alone !== undefined) await runAlone(values.alone);
else if (positionals[0] === undefined) throw new Error("usage: generateSpeed.mjs MODEL.gguf [options]");
else if (values.depths === undefined) await compare(positionals[0]);
else await compareAtDepths(positionals[0], values.depths.split(",").map(Number));

/** The other side of the comparison: the library's own loop, without our code. */
async function runAlone(modelPath) {
  const { getLlama } = await import("node-llama-cpp");
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({
    contextSize: 1024,
    batchSize: 128,
    threads: { ideal: threads, min: threads },
  });
  const sequence = context.getSequence();
  const prompt = model.tokenize(`<｜begin▁of▁sentence｜><｜User｜>${question}<｜Assistant｜><think>\n`, true);
  let count = 0;
  let first = 0;
  let last = 0;
  for await (const token of sequence.evaluate(prompt, { ...sampling, yieldEogToken: true })) {
    last = performance.now();
    if (count++ === 0) first = last;
    if (count === tokens || model.isEogToken(token)) break;
  }
  process.stdout.write(`${(((count - 1) * 1000) / (last - first)).toFixed(3)}\n`, () => process.exit(0));
}

/** Returns the two sides that differ only in what the options vary. */
function ownSides(path) {
  const load = { path, threads };
  if (values.other !== undefined)
    return { [path]: { load }, [values.other]: { load: { ...load, path: values.other } } };
  return {
    topK: { "top-k 0": { load, topK: 0 }, "top-k 40": { load, topK: 40 } },
    pool: { "pool 1": { load }, "pool 4": { load, env: { UV_THREADPOOL_SIZE: "4" } } },
    pages: {
      "large pages": { load, env: { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" } },
      "usual pages": { load, env: { GLIBC_TUNABLES: "" } },
    },
    threads: {
      [`${threads} threads`]: { load },
      [`${threads - 1} threads`]: { load: { ...load, threads: threads - 1 } },
    },
    attention: {
      "flash attention off": { load: { ...load, flashAttention: false } },
      "flash attention on": { load: { ...load, flashAttention: true } },
    },
    cache: {
      "keys and values in q8_0": { load: { ...load, kvCacheType: "q8_0" } },
      "keys and values in f16": { load: { ...load, kvCacheType: "f16" } },
    },
    mapping: {
      "file read": { load: { ...load, memoryMapped: false } },
      "file mapped": { load: { ...load, memoryMapped: true } },
    },
  }[values.vary];
}

async function compare(path) {
  const { against, "llama-bench": program } = values;
  const own = ownSides(path);
  const other =
    against !== undefined
      ? { [against]: () => newReply({ load: { path, threads }, entry: against }) }
      : program !== undefined
        ? { "llama-bench": () => llamaBench(program, { path, prompt: 0, generate: tokens, repeats: 1, threads })[0] }
        : { "node-llama-cpp alone": () => measureAlone(path) };
  const sides =
    own === undefined
      ? { "our engine": () => newReply({ load: { path, threads } }), ...other }
      : Object.fromEntries(Object.entries(own).map(([name, side]) => [name, () => newReply(side)]));
  const [a, b] = Object.keys(sides);
  const samples = { [a]: [], [b]: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    // The order changes each round, so that a drift of the machine favours neither side.
    for (const side of round % 2 === 0 ? [a, b] : [b, a]) samples[side].push(await sides[side]());
    console.error(
      `round ${round + 1}: ${a} ${samples[a].at(-1).toFixed(2)}, ${b} ${samples[b].at(-1).toFixed(2)} tokens/s`,
    );
  }
  report(path, samples);
}

function report(path, samples) {
  const [a, b] = Object.keys(samples);
  const ratios = samples[a].map((value, round) => value / samples[b][round]);
  const about = { model: path, threads, tokens, topK: sampling.topK, rounds: ratios.length };
  const medians = { [a]: median(samples[a]), [b]: median(samples[b]) };
  // On a busy machine, the best rounds are those that were disturbed least.
  const best = { [a]: Math.max(...samples[a]), [b]: Math.max(...samples[b]) };
  const ratio = { ofMedians: medians[a] / medians[b], medianOfRounds: median(ratios), ofBest: best[a] / best[b] };
  console.log(JSON.stringify({ ...about, medians, best, ratio, samples }, null, 2));
}

function measureAlone(path) {
  const args = [
    fileURLToPath(import.meta.url),
    "--alone",
    path,
    "--tokens",
    values.tokens,
    "--threads",
    String(threads),
  ];
  const child = spawn(process.execPath, [...args, "--top-k", values["top-k"]], {
    env: { ...process.env, UV_THREADPOOL_SIZE: "1", GGML_NO_BACKTRACE: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.on("exit", (code) => (code === 0 ? resolve(Number(out)) : reject(new Error(`exit code ${code}`))));
  });
}

/** One reply in a new process, with all pieces received here as in the workbench. Resolves with tokens per second. */
async function newReply({ load, topK = sampling.topK, ...started }) {
  const engine = await openBenchEngine({ contextSize: 1024, batchSize: 128, ...load }, started);
  const memory = engine.memory();
  console.error(`loaded in ${engine.facts.loadMs} ms; memory in MB: ${JSON.stringify(memory, megabytes)}`);
  const { tokensPerSecond } = await engine.ask("generate", { ...replyTo(question), sampling: { ...sampling, topK } });
  await engine.close();
  return tokensPerSecond;
}

/** With --first, runs before all other programs, and then leaves them as much time. */
async function before(engine, operation, params) {
  if (!values.first) return await engine.ask(operation, params);
  const startedAt = performance.now();
  const result = await engine.first(() => engine.ask(operation, params));
  await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt));
  return result;
}

async function compareAtDepths(path, depths) {
  const sides = ownSides(path);
  if (sides === undefined) throw new Error("--depths needs --vary or --other");
  const { r1CaseSeconds } = (await runnerImport(`${root}electron/contract/r1Case.ts`)).module;
  const contextSize = Math.max(...depths) + 1024;
  const engines = {};
  for (const [name, { load, topK: _all, ...started }] of Object.entries(sides)) {
    engines[name] = await openBenchEngine({ contextSize, batchSize: 512, ...load }, started);
    const { loadMs, flashAttention } = engines[name].facts;
    console.error(`${name}: loaded in ${loadMs} ms, flash attention ${flashAttention}`);
  }
  const [a, b] = Object.keys(engines);
  const results = [];
  let filled = 0;
  for (const depth of depths) {
    const samples = { [a]: { reading: [], writing: [] }, [b]: { reading: [], writing: [] } };
    // The part that all turns share stays in the context, so each turn reads only its own question.
    const turn = (side, past, round) =>
      before(
        engines[side],
        "generate",
        replyTo(`${"the sea ".repeat(past / 2)}${round}${" and salt".repeat(read / 2)}`),
      );
    for (let past = filled; past < depth; past += fillStep) for (const side of [a, b]) await turn(side, past, "-");
    for (const side of [a, b]) await turn(side, depth, "-");
    filled = depth;
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const side of round % 2 === 0 ? [a, b] : [b, a]) {
        const { promptTokens, cachedTokens, ttftMs, tokensPerSecond } = await turn(side, depth, round);
        samples[side].reading.push(((promptTokens - cachedTokens) * 1000) / ttftMs);
        samples[side].writing.push(tokensPerSecond);
      }
    }
    const medians = Object.fromEntries(
      Object.entries(samples).map(([side, { reading, writing }]) => [
        side,
        { reading: median(reading), writing: median(writing) },
      ]),
    );
    const ratioOf = (part) => median(samples[a][part].map((value, round) => value / samples[b][part][round]));
    const seconds = samples[a].reading.map((_, round) =>
      [a, b].map((side) => r1CaseSeconds(samples[side].reading[round], samples[side].writing[round])),
    );
    results.push({
      depth,
      medians,
      ratio: { reading: ratioOf("reading"), writing: ratioOf("writing") },
      fasterForReply: median(seconds.map(([one, other]) => other / one)),
      samples,
    });
    console.error(JSON.stringify(results.at(-1), rounded));
  }
  const memory = Object.fromEntries(Object.entries(engines).map(([side, engine]) => [side, engine.memory()]));
  for (const engine of Object.values(engines)) await engine.close();
  console.log(JSON.stringify({ model: path, threads, rounds: Number(values.rounds), memory, results }, rounded, 2));
}
