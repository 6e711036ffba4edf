import type { BenchmarkExportFormat, BenchmarkResult, BenchmarkTestResult } from "../../contract/benchmark.ts";
import { type LlamaBenchFields, llamaBenchFields, nanosecondsOf } from "./llamaBenchFields.ts";

interface Row {
  test: BenchmarkTestResult;
  result: BenchmarkResult;
  fields: LlamaBenchFields;
}

/** Returns results as llama-bench prints them, one row per test. `csv`, `json`, `jsonl` and `md` are its `-o`. */
export function exportResults(results: readonly BenchmarkResult[], format: BenchmarkExportFormat): string {
  const rows = results.flatMap((result) =>
    result.tests.map((test): Row => ({ test, result, fields: llamaBenchFields(result, test) })),
  );
  switch (format) {
    case "csv":
      return csv(rows);
    case "json":
      return `[\n${rows.map((row) => indented(withSamples(row))).join(",\n")}\n]\n`;
    case "jsonl":
      return rows.map((row) => `${JSON.stringify(withSamples(row))}\n`).join("");
    case "md":
      return markdown(rows) + results.map(solvedLine).join("");
  }
}

function withSamples({ test, fields, result: { solve } }: Row) {
  const samples = { samples_ns: nanosecondsOf(test), samples_ts: test.tokensPerSecond.samples };
  return { ...fields, ...samples, ...(solve === undefined ? {} : { solve }) };
}

/** What llama-bench has no column for, in a line below its table. */
function solvedLine({ solve, conditions: { model } }: BenchmarkResult): string {
  if (solve === undefined) return "";
  const { asked, right, level, seed, share, tokensPerRightAnswer: tokens, secondsPerRightAnswer: seconds } = solve;
  const percent = (part: number): string => (100 * part).toFixed(0);
  const cost =
    tokens === null || seconds === null
      ? "none right"
      : `${tokens.value.toFixed(0)} tokens (${tokens.low.toFixed(0)} to ${tokens.high.toFixed(0)}) and ${seconds.value.toFixed(2)} s (${seconds.low.toFixed(2)} to ${seconds.high.toFixed(2)}) per right answer`;
  const name = model.name.replaceAll(/[\r\n]+/gu, " ");
  return `\n${name}: ${right} of ${asked} problems right (${percent(share.low)} to ${percent(share.high)} %), ${cost}; level ${level}, seed ${seed}\n`;
}

function indented(value: object): string {
  return JSON.stringify(value, null, 2).replaceAll(/^/gm, "  ");
}

/** Returns CSV as llama-bench writes it: every value in quotes, booleans as 0 and 1. */
function csv(rows: readonly Row[]): string {
  const cell = (value: string | number | boolean): string =>
    `"${String(typeof value === "boolean" ? Number(value) : value).replaceAll('"', '""')}"`;
  const lines = rows.map(({ fields }) => Object.values(fields).map(cell).join(","));
  const [first] = rows;
  return first === undefined ? "" : `${[Object.keys(first.fields).join(","), ...lines].join("\n")}\n`;
}

interface Column {
  title: string;
  /** Minimum number of characters. Negative: aligned to the left. */
  width: number;
  value: (row: Row) => string;
  /** The column is left out if this holds for no row, as llama-bench leaves out defaults. */
  shown?: (row: Row) => boolean;
}

const isHalf = (row: Row): boolean => row.fields["type_k"] === "f16";

/** The columns that llama-bench always shows, and those of the settings that we set. */
const columns: readonly Column[] = [
  { title: "model", width: -30, value: ({ fields }) => String(fields["model_type"]) },
  { title: "size", width: 10, value: ({ result }) => binarySize(result.conditions.model.weightsBytes) },
  { title: "params", width: 10, value: ({ result }) => parameterText(result.conditions.model.parameters) },
  { title: "backend", width: -10, value: ({ fields }) => String(fields["backends"]) },
  {
    title: "ngl",
    width: 3,
    value: ({ fields }) => String(fields["n_gpu_layers"]),
    shown: ({ fields }) => fields["backends"] !== "CPU",
  },
  { title: "threads", width: 7, value: ({ fields }) => String(fields["n_threads"]) },
  { title: "n_batch", width: 7, value: ({ fields }) => String(fields["n_batch"]) },
  { title: "type_k", width: 6, value: ({ fields }) => String(fields["type_k"]), shown: (row) => !isHalf(row) },
  { title: "type_v", width: 6, value: ({ fields }) => String(fields["type_v"]), shown: (row) => !isHalf(row) },
  { title: "fa", width: 3, value: ({ fields }) => String(fields["flash_attn"]) },
  {
    title: "test",
    width: 15,
    value: ({ test }) => (test.depth === 0 ? test.name : `${test.name} @ d${test.depth}`),
  },
  {
    title: "t/s",
    width: 20,
    value: ({ fields }) => `${Number(fields["avg_ts"]).toFixed(2)} ± ${Number(fields["stddev_ts"]).toFixed(2)}`,
  },
];

function markdown(rows: readonly Row[]): string {
  const chosen = columns.filter(({ shown }) => shown === undefined || rows.some(shown));
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |\n`;
  const fit = ({ width }: Column, text: string): string => (width < 0 ? text.padEnd(-width) : text.padStart(width));
  const builds = [...new Set(rows.map(({ fields }) => `build: ${fields["build_commit"]} (${fields["build_number"]})`))];
  return [
    line(chosen.map((column) => fit(column, column.title))),
    line(chosen.map(({ width }) => `${"-".repeat(Math.abs(width) - 1)}${width > 0 ? ":" : "-"}`)),
    // A vertical bar in a name would start a new column.
    ...rows.map((row) => line(chosen.map((column) => fit(column, column.value(row).replaceAll("|", "\\|"))))),
    `\n${builds.join("\n")}\n`,
  ].join("");
}

function binarySize(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1024 ? `${mebibytes.toFixed(2)} MiB` : `${(mebibytes / 1024).toFixed(2)} GiB`;
}

function parameterText(count: number): string {
  return count < 1e9 ? `${(count / 1e6).toFixed(2)} M` : `${(count / 1e9).toFixed(2)} B`;
}
