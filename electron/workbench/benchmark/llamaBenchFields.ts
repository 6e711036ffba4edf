import type { BenchmarkResult, BenchmarkTestResult } from "../../contract/benchmark.ts";

/**
 * The columns of llama-bench (tools/llama-bench/llama-bench.cpp, `test::get_fields`), in its order and with its types.
 * Options that we do not set have llama-bench's defaults, which also apply here. `build_commit` is the release's tag
 * and `build_number` is 0, because the prebuilt library knows neither. `model_filename` has no folder.
 */
export type LlamaBenchFields = Record<string, string | number | boolean>;

const backendNames = { cpu: "CPU", cuda: "CUDA", vulkan: "Vulkan", metal: "MTL" } as const;

export function llamaBenchFields({ conditions }: BenchmarkResult, test: BenchmarkTestResult): LlamaBenchFields {
  const { engine, settings, model, machine } = conditions;
  const { samples } = test.tokensPerSecond;
  const samplesNs = nanosecondsOf(test);
  return {
    build_commit: engine.llamaRelease,
    build_number: 0,
    cpu_info: machine.cpuModel,
    gpu_info: machine.gpus.join(", "),
    backends: backendNames[engine.backend],
    model_filename: model.files[0]?.name ?? "",
    model_type: model.description,
    model_size: model.weightsBytes,
    model_n_params: model.parameters,
    n_batch: settings.batchSize,
    n_ubatch: settings.microBatchSize,
    n_threads: settings.threads,
    cpu_mask: "0x0",
    cpu_strict: false,
    poll: 50,
    type_k: settings.kvCacheType,
    type_v: settings.kvCacheType,
    n_gpu_layers: settings.gpuLayers,
    n_cpu_moe: 0,
    split_mode: "layer",
    main_gpu: 0,
    no_kv_offload: false,
    flash_attn: settings.flashAttention === null ? -1 : Number(settings.flashAttention),
    devices: "auto",
    tensor_split: "0.00",
    tensor_buft_overrides: "none",
    load_mode: settings.memoryMapped ? "mmap" : "none",
    lazy_mode: "auto",
    embeddings: false,
    no_op_offload: 0,
    no_host: false,
    fit_target: 0,
    fit_min_ctx: 0,
    n_prompt: test.promptTokens,
    n_gen: test.generatedTokens,
    n_depth: test.depth,
    test_time: new Date(test.startedAt).toISOString().replace(/\.\d+Z$/, "Z"),
    avg_ns: Math.round(mean(samplesNs)),
    stddev_ns: Math.round(deviation(samplesNs)),
    avg_ts: round(mean(samples)),
    stddev_ts: round(deviation(samples)),
  };
}

/** Returns how long each timed run took. */
export function nanosecondsOf({ promptTokens, generatedTokens, tokensPerSecond }: BenchmarkTestResult): number[] {
  return tokensPerSecond.samples.map((speed) => Math.round((1e9 * (promptTokens + generatedTokens)) / speed));
}

/** llama-bench prints six decimals. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns the sample standard deviation, as llama-bench's `stdev`. 0 for a single run. */
function deviation(values: readonly number[]): number {
  if (values.length <= 1) return 0;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
