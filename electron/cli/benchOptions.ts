import { benchmarkExportFormats, type BenchmarkPlan, type BenchmarkTest } from "../contract/benchmark.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { mostProblems, type SolveWish, solveLevels } from "../contract/solve.ts";
import { commandOptions } from "./commandOptions.ts";
import { everywhere, numberIn, oneOf, readOptions } from "./optionValues.ts";

/** What says which tests to run, and so cannot stand beside a plan. */
const ofTests = ["n-prompt", "n-gen", "pg", "n-depth", "repetitions"] as const;

const mostTokens = 1_048_576;
const mostTests = 100;

/** The options of `r1 bench`: llama-bench's names, its lists with commas or repeated, and its order of tests. */
export function readBench(args: string[]) {
  // llama-bench's -pg has two letters, which parseArgs would read as -p with the value "g".
  const spelled = args.map((arg) => (arg === "-pg" ? "--pg" : arg));
  const { values } = readOptions({ args: spelled, options: { ...commandOptions.bench, ...everywhere } });
  const output = oneOf(values.output, "-o", benchmarkExportFormats);
  if (output !== null && values.json === true) {
    throw new WorkbenchError("usage", { case: "jsonAndOutput" });
  }
  const plan = oneOf(values.plan, "--plan", ["standard", "quick"] as const);
  if (plan !== null && ofTests.some((name) => values[name] !== undefined)) {
    throw new WorkbenchError("usage", { case: "planAndTests" });
  }
  if (plan === "quick" && values.minutes !== undefined) {
    throw new WorkbenchError("usage", { case: "quickAndMinutes" });
  }
  const minutes = numberIn(values.minutes, "--minutes", 0.1, 600, false);
  const named: BenchmarkPlan = plan === "quick" ? { kind: "quick" } : { kind: "standard", minutes: minutes ?? 10 };
  return {
    name: "bench" as const,
    model: values.model ?? null,
    plan: plan === null ? { ...customPlan(values), ...(minutes === undefined ? {} : { minutes }) } : named,
    /** Whether a time limit was named. */
    hasMinutes: minutes !== undefined,
    threads: numberIn(values.threads, "-t", 1, 1024, true) ?? null,
    solve: readSolve(values),
    /** As llama-bench prints it; null: as a table for people. */
    output,
  };
}

function readSolve(values: { solve?: string; level?: string; seed?: string }): SolveWish | null {
  const problems = numberIn(values.solve, "--solve", 1, mostProblems, true);
  const level = oneOf(values.level, "--level", [...solveLevels, "mixed"] as const);
  const seed = numberIn(values.seed, "--seed", 0, 2 ** 31 - 1, true) ?? 1;
  if (problems !== undefined) return { problems, seed, ...(level === null ? {} : { level }) };
  if (level !== null || values.seed !== undefined) throw new WorkbenchError("usage", { case: "withoutSolve" });
  return null;
}

function customPlan(values: {
  "n-prompt"?: string[];
  "n-gen"?: string[];
  pg?: string[];
  "n-depth"?: string[];
  repetitions?: string;
}): BenchmarkPlan {
  const prompts = numbers(values["n-prompt"], "-p", values.pg === undefined ? [512] : []);
  const generated = numbers(values["n-gen"], "-n", values.pg === undefined ? [128] : []);
  const tests: BenchmarkTest[] = [];
  for (const depth of numbers(values["n-depth"], "-d", [0])) {
    for (const promptTokens of prompts) tests.push({ promptTokens, generatedTokens: 0, depth });
    for (const generatedTokens of generated) tests.push({ promptTokens: 0, generatedTokens, depth });
    for (const pair of values.pg ?? []) tests.push({ ...readPair(pair), depth });
  }
  // A length of 0 leaves the test out, as in llama-bench.
  const wanted = tests.filter(({ promptTokens, generatedTokens }) => promptTokens + generatedTokens > 0);
  if (wanted.length === 0 || wanted.length > mostTests) {
    throw new WorkbenchError("usage", { case: "testCount", tests: wanted.length, most: mostTests });
  }
  return { kind: "custom", tests: wanted, repeats: numberIn(values.repetitions, "-r", 1, 1000, true) ?? 5 };
}

function numbers(texts: string[] | undefined, flag: string, otherwise: number[]): number[] {
  if (texts === undefined) return otherwise;
  return texts.flatMap((text) => text.split(",")).map((text) => tokensIn(text, flag));
}

function readPair(text: string): Pick<BenchmarkTest, "promptTokens" | "generatedTokens"> {
  const [read, written, more] = text.split(",");
  if (read === undefined || written === undefined || more !== undefined) {
    throw new WorkbenchError("usage", { case: "pair", option: "-pg", given: text });
  }
  return { promptTokens: tokensIn(read, "-pg"), generatedTokens: tokensIn(written, "-pg") };
}

function tokensIn(text: string, flag: string): number {
  return numberIn(text, flag, 0, mostTokens, true) ?? 0;
}
