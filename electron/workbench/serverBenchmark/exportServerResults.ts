import type { BenchmarkExportFormat, BenchmarkSpeed } from "../../contract/benchmark.ts";
import type { ServerBenchmarkResult } from "../../contract/serverBenchmark.ts";

/**
 * Returns results one by one, with names of their own in every format: llama-bench's columns are about a machine and an
 * engine, of which nothing is known here.
 */
export function exportServerResults(results: readonly ServerBenchmarkResult[], format: BenchmarkExportFormat): string {
  switch (format) {
    case "csv":
      return csv(results.map(fieldsOf));
    case "json":
      return `${JSON.stringify(results.map(serverResultDocument), null, 2)}\n`;
    case "jsonl":
      return results.map((result) => `${JSON.stringify(serverResultDocument(result))}\n`).join("");
    case "md":
      return markdown(results);
  }
}

/** Says with each result where it was measured. Scripts rely on these keys. */
export const serverResultDocument = (result: ServerBenchmarkResult) => ({
  ...result,
  measured: "over-the-wire",
  clock: "app",
});

function fieldsOf({ server, model, plan, runs, failures, ...result }: ServerBenchmarkResult) {
  return {
    measured: "over-the-wire",
    clock: "app",
    server: server.name,
    host: server.host,
    this_machine: server.isThisMachine,
    server_kind: server.dialect ?? "unknown",
    model: model.named,
    time: new Date(result.startedAt).toISOString().replace(/\.\d+Z$/, "Z"),
    ending: result.ending,
    prompt_tokens_asked: plan.promptTokens,
    written_tokens_asked: plan.writtenTokens,
    runs: runs.length,
    failed_runs: failures.length,
    tokens_counted_by: countedBy(runs),
    ttft_ms_median: rounded(result.ttft.median),
    ttft_ms_lower_quartile: rounded(result.ttft.lowerQuartile),
    ttft_ms_upper_quartile: rounded(result.ttft.upperQuartile),
    ...speedFields("writing", result.writing),
    ...speedFields("server_clock_reading", result.serverReading),
    ...speedFields("server_clock_writing", result.serverWriting),
    app_version: result.appVersion,
  };
}

function countedBy(runs: ServerBenchmarkResult["runs"]): string {
  const counts = new Set(runs.map((run) => (run.counts === "usage" ? "server" : "pieces")));
  return [...counts].join(" and ");
}

const speedFields = (name: string, speed: BenchmarkSpeed | null) => ({
  [`${name}_tokens_per_second_median`]: speed && rounded(speed.median),
  [`${name}_tokens_per_second_lower_quartile`]: speed && rounded(speed.lowerQuartile),
  [`${name}_tokens_per_second_upper_quartile`]: speed && rounded(speed.upperQuartile),
});

const rounded = (value: number): number => Number(value.toPrecision(6));

type Cell = string | number | boolean | null;

/** A name that a server chose can begin no formula in a spreadsheet. */
function csv(rows: readonly Record<string, Cell>[]): string {
  const cell = (value: Cell): string => {
    const text = value === null ? "" : String(value);
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const [first] = rows;
  if (first === undefined) return "";
  return `${[Object.keys(first).join(","), ...rows.map((row) => Object.values(row).map(cell).join(","))].join("\n")}\n`;
}

function markdown(results: readonly ServerBenchmarkResult[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const titles = [
    "server",
    "model",
    "prompt",
    "written",
    "runs",
    "first token, ms",
    "writing, t/s",
    "server's clock, t/s",
  ];
  const rows = results.map(({ server, model, plan, runs, failures, ttft, writing, serverReading, serverWriting }) =>
    line(
      [
        `${server.name} (${server.host})`,
        model.named,
        String(plan.promptTokens),
        String(plan.writtenTokens),
        failures.length === 0 ? String(runs.length) : `${runs.length}, ${failures.length} failed`,
        spread(ttft, 0),
        writing === null ? "–" : `${spread(writing, 2)}${countedBy(runs) === "server" ? "" : ", pieces counted"}`,
        serverReading === null && serverWriting === null
          ? "–"
          : `reading ${serverReading?.median.toFixed(2) ?? "–"}, writing ${serverWriting?.median.toFixed(2) ?? "–"}`,
      ].map((text) => text.replaceAll("|", "\\|").replaceAll(/[\r\n]+/g, " ")),
    ),
  );
  return [
    line(titles),
    line(titles.map(() => "---")),
    ...rows,
    "\nMeasured over the connection to a server, by the clock of R1 Workbench: median and middle half of the runs. ",
    "Not comparable with results of llama-bench or of models on this machine.\n",
  ].join("");
}

const spread = ({ median, lowerQuartile, upperQuartile }: BenchmarkSpeed, digits: number): string =>
  `${median.toFixed(digits)} (${lowerQuartile.toFixed(digits)} to ${upperQuartile.toFixed(digits)})`;
