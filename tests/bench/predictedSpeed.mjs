// Compares predicted with measured speed: measures this machine with the speed trials and each model with
// `trueSpeed.mjs`, and prints the table of docs/prediction.md. `--kept FILE` saves the measurements and reuses them,
// because all of them take most of an hour. Measurements of a case taken beside a busy program are left out.
//
//   node tests/bench/predictedSpeed.mjs MODEL.gguf… [-t 2,1] [-d 4096,0] [--kept FILE.json]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { median } from "./median.mjs";

const { values, positionals: models } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: "string", short: "t", default: "2,1" },
    depth: { type: "string", short: "d", default: "4096,0" },
    kept: { type: "string" },
  },
});
const numbers = (text) => text.split(",").map(Number);
const root = new URL("../../", import.meta.url);
const source = async (path) => (await runnerImport(fileURLToPath(new URL(path, root)))).module;
const { predictSpeed } = await source("electron/workbench/fit/predictSpeed.ts");
const { solveCosts } = await source("electron/workbench/fit/solveCosts.ts");
const { readFacts } = await source("electron/engine/gguf/readFacts.ts");
const noisyCores = 0.2;

/** `{ trials: { "<threads>": outcomes }, measured: [lines of trueSpeed.mjs] }` */
const kept = readKept();
for (const threads of numbers(values.threads)) {
  kept.trials[threads] ??= await runTrials(threads);
  keep();
}
const rows = [];
for (const path of models) {
  const { shape, matrices } = await readFacts(path);
  for (const threads of numbers(values.threads)) {
    for (const depth of numbers(values.depth)) {
      const measured = measuredCase(path, threads, depth);
      const costs = solveCosts(kept.trials[threads], threads);
      const model = { key: path, shape, matrices, certainty: "known" };
      const { generation, reading } = predictSpeed(model, { places: [{ costs, share: 1 }], threads, depth });
      rows.push({
        name: basename(path, ".gguf"),
        threads,
        depth,
        test: "tg",
        ...compared(generation, measured.generated),
      });
      rows.push({ name: basename(path, ".gguf"), threads, depth, test: "pp512", ...compared(reading, measured.read) });
    }
  }
}
console.log("| model | threads | depth | test | predicted | range | measured | error |");
console.log("|---|---|---|---|---|---|---|---|");
for (const { name, threads, depth, test, predicted, range, measured, error } of rows) {
  console.log(`| ${[name, threads, depth, test, predicted, range, measured, `${error} %`].join(" | ")} |`);
}
for (const test of ["tg", "pp512"]) {
  const errors = rows.filter((row) => row.test === test).map(({ error }) => Math.abs(error));
  console.log(`\n${test}: median error ${median(errors)} %, largest ${Math.max(...errors)} %, ${errors.length} cases`);
}
const inside = rows.filter(({ isInside }) => isInside).length;
console.log(`\n${inside} of ${rows.length} measurements lie within the predicted range.`);
process.exit(0);

function compared({ value, low, high }, samples) {
  const measured = median(samples);
  return {
    predicted: value.toFixed(1),
    range: `${low.toFixed(1)} to ${high.toFixed(1)}`,
    measured: measured.toFixed(1),
    error: Math.round((value / measured - 1) * 100),
    isInside: measured >= low && measured <= high,
  };
}

/** Returns the quiet measurements of a case, measuring it now if there are none. */
function measuredCase(path, threads, depth) {
  const find = () => {
    const same = kept.measured.filter(
      (each) => basename(each.modelPath) === basename(path) && each.threads === threads && each.depth === depth,
    );
    return same.filter(({ others }) => others < noisyCores);
  };
  if (find().length === 0) {
    const script = fileURLToPath(new URL("trueSpeed.mjs", import.meta.url));
    const args = [script, path, "-t", threads, "-d", depth, "--prompt-repeats", 1].map(String);
    const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
    const printed = execFileSync(process.execPath, args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    kept.measured.push(JSON.parse(printed.trim().split("\n").at(-1)));
    keep();
  }
  const found = find();
  if (found.length === 0) throw new Error(`${path}, ${threads} threads, depth ${depth}: other programs were at work.`);
  return { generated: found.flatMap(({ generated }) => generated), read: found.flatMap(({ read }) => read) };
}

async function runTrials(threads) {
  const { EngineClient } = await source("electron/workbench/engine/EngineClient.ts");
  const { measureTrials } = await source("electron/workbench/fit/measureTrials.ts");
  const { readSystemFacts } = await source("electron/workbench/hardware/readSystemFacts.ts");
  const folder = mkdtempSync(join(tmpdir(), "r1-trials-"));
  const entry = fileURLToPath(new URL("out/engine/engine.js", root));
  const engine = new EngineClient({ nodePath: process.execPath, entry, cacheFolder: folder });
  const startedAt = performance.now();
  const outcomes = await measureTrials({
    engine,
    folder,
    threads,
    onGpu: false,
    lastLevelCacheBytes: (await readSystemFacts()).lastLevelCacheBytes,
    limitMs: 50_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await engine.close();
  rmSync(folder, { recursive: true });
  console.error(`trials with ${threads} threads: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return outcomes;
}

function readKept() {
  try {
    return JSON.parse(readFileSync(values.kept, "utf8"));
  } catch {
    return { trials: {}, measured: [] };
  }
}

function keep() {
  if (values.kept !== undefined) writeFileSync(values.kept, JSON.stringify(kept, null, 1));
}
