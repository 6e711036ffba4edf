import { expect, test } from "vitest";
import { exportResults } from "../../../electron/workbench/benchmark/exportResults.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

/** The header of llama-bench itself, in the release used by node-llama-cpp 3.21.1. */
const header =
  "build_commit,build_number,cpu_info,gpu_info,backends,model_filename,model_type,model_size,model_n_params,n_batch," +
  "n_ubatch,n_threads,cpu_mask,cpu_strict,poll,type_k,type_v,n_gpu_layers,n_cpu_moe,split_mode,main_gpu," +
  "no_kv_offload,flash_attn,devices,tensor_split,tensor_buft_overrides,load_mode,lazy_mode,embeddings,no_op_offload," +
  "no_host,fit_target,fit_min_ctx,n_prompt,n_gen,n_depth,test_time,avg_ns,stddev_ns,avg_ts,stddev_ts";

const result = benchmarkResult({
  tests: [testResult(512, 0, [100, 128]), testResult(0, 128, [25, 25, 26], 2048)],
});

test("CSV has llama-bench's columns, all in quotes, and flags as 0 and 1", () => {
  const quoted = benchmarkResult({
    tests: result.tests,
    conditions: conditionsWith({ machine: { cpuModel: 'Odd "7", the' } }),
  });
  const [first, second, third, ...rest] = exportResults([quoted], "csv").split("\n");
  expect(first).toBe(header);
  expect(second).toContain('"b6000","0","Odd ""7"", the","","CPU","distill.gguf","qwen2 1.5B Q4_K - Medium"');
  expect(second).toContain('"512","0","0","2026-09-03T12:00:00Z"');
  expect(third).toContain('"0","128","2048"');
  expect(second?.match(/","/g)).toHaveLength(40);
  expect(second).toContain('"0x0","0","50","f16","f16"');
  expect(rest).toEqual([""]);
});

test("JSON has the same fields with llama-bench's types, and its samples", () => {
  const rows = JSON.parse(exportResults([result], "json")) as Record<string, unknown>[];
  expect(Object.keys(rows[0] ?? {}).join(",")).toBe(`${header},samples_ns,samples_ts`);
  expect(rows[0]).toMatchObject({
    cpu_strict: false,
    no_kv_offload: false,
    embeddings: false,
    no_host: false,
    no_op_offload: 0,
    flash_attn: 1,
    n_threads: 2,
    n_prompt: 512,
    n_gen: 0,
    // 5.12 s and 4 s.
    samples_ns: [5_120_000_000, 4_000_000_000],
    samples_ts: [100, 128],
    avg_ns: 4_560_000_000,
    stddev_ns: 791_959_595,
    avg_ts: 114,
    stddev_ts: 19.79899,
  });
  expect(rows[1]).toMatchObject({ n_prompt: 0, n_gen: 128, n_depth: 2048 });
});

test("JSON lines have one test per line", () => {
  const lines = exportResults([result, result], "jsonl").trimEnd().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines.map((line) => (JSON.parse(line) as { n_depth: number }).n_depth)).toEqual([0, 2048, 0, 2048]);
});

test("Markdown looks like llama-bench's", () => {
  expect(exportResults([result], "md")).toBe(
    [
      "| model                          |       size |     params | backend    | threads | n_batch |  fa |            test |                  t/s |",
      "| ------------------------------ | ---------: | ---------: | ---------- | ------: | ------: | --: | --------------: | -------------------: |",
      "| qwen2 1.5B Q4_K - Medium       |   1.04 GiB |     1.78 B | CPU        |       2 |     512 |   1 |           pp512 |       114.00 ± 19.80 |",
      "| qwen2 1.5B Q4_K - Medium       |   1.04 GiB |     1.78 B | CPU        |       2 |     512 |   1 |   tg128 @ d2048 |         25.33 ± 0.58 |",
      "",
      "build: b6000 (0)",
      "",
    ].join("\n"),
  );
});

test("Markdown shows GPU layers and the type of keys and values if they matter", () => {
  const conditions = conditionsWith({ engine: { backend: "cuda" }, settings: { gpuLayers: 29, kvCacheType: "q8_0" } });
  const [head, , row] = exportResults([benchmarkResult({ conditions })], "md").split("\n");
  expect(head).toContain("| ngl | threads | n_batch | type_k | type_v |  fa |");
  expect(row).toContain("| CUDA       |  29 |       2 |     512 |   q8_0 |   q8_0 |   1 |");
});
