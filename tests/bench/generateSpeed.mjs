// Compares our engine's tokens per second with node-llama-cpp alone, in alternating runs with the same model, threads
// and sampling. Each run is a new process on the shipped Node, so that nothing carries over.
//
//   node tests/bench/generateSpeed.mjs MODEL.gguf [--rounds 5] [--tokens 64] [--threads N] [--top-k 40] [--vary topK|pool|threads|pages | --against ENGINE.js | --llama-bench PATH]
//
// `--vary` compares settings of our own engine instead: top-k 0 and 40, UV_THREADPOOL_SIZE 1 and 4, threads N and N - 1,
// large memory pages (GLIBC_TUNABLES, Linux) and usual ones.
// `--against ENGINE.js` compares it with another build, which must be where it finds node_modules, and
// `--llama-bench PATH` with that program, which samples nothing and feeds random tokens.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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
    against: { type: "string" },
    "llama-bench": { type: "string" },
    alone: { type: "string" },
  },
});
const ownEngine = `${root}out/engine/engine.js`;
const question = "Write about the sea.";
const sampling = { temperature: 0.6, topP: 0.95, topK: Number(values["top-k"]), minP: 0, seed: 1 };
const tokens = Number(values.tokens);

if (values.alone !== undefined) await runAlone(values.alone);
else await compare(positionals[0]);

/** The other side of the comparison: the library's own loop, without our code. */
async function runAlone(modelPath) {
  const { getLlama } = await import("node-llama-cpp");
  const threads = Number(values.threads);
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

async function compare(path) {
  if (path === undefined) throw new Error("usage: generateSpeed.mjs MODEL.gguf [options]");
  const threads = Number(values.threads);
  const { against, "llama-bench": program } = values;
  const other =
    against !== undefined
      ? { [against]: () => ours(path, { entry: against }) }
      : program !== undefined
        ? { "llama-bench": () => llamaBench(program, { path, prompt: 0, generate: tokens, repeats: 1, threads })[0] }
        : { "node-llama-cpp alone": () => measureAlone(path, threads) };
  const sides = {
    topK: { "top-k 0": () => ours(path, { topK: 0 }), "top-k 40": () => ours(path, { topK: 40 }) },
    pool: { "pool 1": () => ours(path, { pool: "1" }), "pool 4": () => ours(path, { pool: "4" }) },
    pages: {
      "large pages": () => ours(path, { env: { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" } }),
      "usual pages": () => ours(path, { env: { GLIBC_TUNABLES: "" } }),
    },
    threads: {
      [`${threads} threads`]: () => ours(path, { threads }),
      [`${threads - 1} threads`]: () => ours(path, { threads: threads - 1 }),
    },
  }[values.vary] ?? { "our engine": () => ours(path, {}), ...other };
  const [a, b] = Object.keys(sides);
  const samples = { [a]: [], [b]: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    // The order changes each round, so that a drift of the machine favours neither side.
    for (const side of round % 2 === 0 ? [a, b] : [b, a]) samples[side].push(await sides[side]());
    console.error(
      `round ${round + 1}: ${a} ${samples[a].at(-1).toFixed(2)}, ${b} ${samples[b].at(-1).toFixed(2)} tokens/s`,
    );
  }
  const ratios = samples[a].map((value, round) => value / samples[b][round]);
  const report = { model: path, threads, tokens, topK: sampling.topK, rounds: ratios.length };
  const medians = { [a]: median(samples[a]), [b]: median(samples[b]) };
  // On a busy machine, the best rounds are those that were disturbed least.
  const best = { [a]: Math.max(...samples[a]), [b]: Math.max(...samples[b]) };
  const ratio = { ofMedians: medians[a] / medians[b], medianOfRounds: median(ratios), ofBest: best[a] / best[b] };
  console.log(JSON.stringify({ ...report, medians, best, ratio, samples }, null, 2));
}

function measureAlone(path, threads) {
  const args = [
    fileURLToPath(import.meta.url),
    "--alone",
    path,
    "--tokens",
    values.tokens,
    "--threads",
    String(threads),
  ];
  const child = spawn(nodeBinary(), [...args, "--top-k", values["top-k"]], {
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

/** One reply from the built engine over its protocol, with all pieces received here as in the workbench. */
function ours(
  path,
  { topK = sampling.topK, pool = "1", threads = Number(values.threads), env = {}, entry = ownEngine },
) {
  const child = spawn(nodeBinary(), [entry, "--backend", "cpu"], {
    env: { ...process.env, UV_THREADPOOL_SIZE: pool, GGML_NO_BACKTRACE: "1", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const request = (id, operation, params) => child.send({ type: "request", id, operation, params });
  const load = { path, family: "r1", chatTemplate: null, contextSize: 1024, batchSize: 128, threads, gpuLayers: 0 };
  const messages = [{ role: "user", content: question }];
  const generate = { messages, thinking: "on", sampling: { ...sampling, topK }, maxTokens: tokens };
  return new Promise((resolve, reject) => {
    child.on("message", (report) => {
      if (report.type === "ready") request(1, "load", load);
      else if (report.type === "result" && report.id === 1) {
        console.error(`loaded in ${Math.round(report.value.loadMs)} ms`);
        request(2, "generate", generate);
      } else if (report.type === "failed") reject(new Error(report.problem.message));
      else if (report.type === "result") {
        child.send({ type: "shutdown" });
        child.once("exit", () => resolve(report.value.tokensPerSecond));
      }
    });
  });
}

function nodeBinary() {
  // In the benchmark, the same Node runs both sides. For release figures, start it with the shipped one.
  return process.execPath;
}
