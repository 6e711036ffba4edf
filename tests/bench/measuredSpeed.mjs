// Compares our engine's `measure` with llama-bench on the same file, threads and tests, in alternating rounds whose
// order changes each time. Without --llama-bench, only ours is measured; with --r1, `r1 bench` as well, whose own
// judgement of the noise goes to stderr. Ours has the settings that a reply on the CPU has where memory is not short,
// llama-bench its defaults. --large-pages and --file-read give ours these settings too, which Tune may choose. After each
// run, other programs get as much time.
//
//   node tests/bench/measuredSpeed.mjs MODEL.gguf [--llama-bench PATH] [--r1] [--rounds 3] [-p 512] [-n 128] [-d 0] [-r 2] [-t 2] [--large-pages] [--file-read]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openBenchEngine } from "./benchEngine.mjs";
import { llamaBench } from "./llamaBench.mjs";
import { median } from "./median.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "llama-bench": { type: "string" },
    r1: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    prompt: { type: "string", short: "p", default: "512" },
    generate: { type: "string", short: "n", default: "128" },
    depth: { type: "string", short: "d", default: "0" },
    repeats: { type: "string", short: "r", default: "2" },
    threads: { type: "string", short: "t", default: "2" },
    "large-pages": { type: "boolean", default: false },
    "file-read": { type: "boolean", default: false },
  },
});
const [path] = positionals;
if (path === undefined) throw new Error("usage: measuredSpeed.mjs MODEL.gguf [options]");
const [prompt, generate, depth, repeats, threads] = ["prompt", "generate", "depth", "repeats", "threads"].map((name) =>
  Number(values[name]),
);

const sides = { ours: measureOurs };
if (values.r1) sides.r1 = measureR1;
if (values["llama-bench"] !== undefined) {
  sides.llamaBench = () => llamaBench(values["llama-bench"], { path, prompt, generate, depth, repeats, threads });
}
const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const figures = {};
  for (const side of round % 2 === 0 ? Object.keys(sides) : Object.keys(sides).toReversed()) {
    const startedAt = performance.now();
    figures[side] = await sides[side]();
    await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt));
  }
  console.error(JSON.stringify(figures));
  rounds.push(figures);
}
const medianOf = (side) => [0, 1].map((test) => median(rounds.map((figures) => figures[side][test])));
const medians = Object.fromEntries(Object.keys(sides).map((side) => [side, medianOf(side)]));
const ratio = medians.llamaBench?.map((speed, test) => medians.ours[test] / speed);
const ofRounds = medians.llamaBench?.map((_, test) =>
  median(rounds.map(({ ours, llamaBench: theirs }) => ours[test] / theirs[test])),
);
console.log(
  JSON.stringify({
    model: path,
    threads,
    tests: [`pp${prompt}`, `tg${generate}`],
    depth,
    medians,
    ratio,
    medianOfRounds: ofRounds,
    rounds,
  }),
);

/** Returns the median tokens per second of each test, from a new engine process. */
async function measureOurs() {
  const contextSize = Math.max(256, depth + prompt + generate + 1);
  const memoryMapped = values["file-read"] ? false : null;
  const load = { path, contextSize, batchSize: 512, threads, flashAttention: false, memoryMapped };
  const env = values["large-pages"] ? { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" } : {};
  const engine = await openBenchEngine(load, { env });
  const tests = [
    { promptTokens: prompt, generatedTokens: 0, depth },
    { promptTokens: 0, generatedTokens: generate, depth },
  ];
  const measured = await engine.ask("measure", { tests, repeats, seed: 1, firstTokenPromptTokens: 2 });
  await engine.close();
  return measured.tests.map(({ samples }) => median(samples));
}

function measureR1() {
  const entry = fileURLToPath(new URL("../../out/cli/r1.js", import.meta.url));
  const flags = ["--model", path, "-p", prompt, "-n", generate, "-r", repeats, "-t", threads, "--json"];
  const printed = execFileSync(process.execPath, [entry, "bench", ...flags.map(String)], {
    encoding: "utf8",
    stdio: "pipe",
  });
  const { tests, conditions } = JSON.parse(printed);
  console.error(JSON.stringify(conditions.noise));
  return tests.map(({ tokensPerSecond }) => tokensPerSecond.median);
}
