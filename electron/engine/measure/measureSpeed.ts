import type {
  MeasuredTest,
  MeasureEvent,
  MeasureParams,
  MeasureResult,
  MeasureTest,
} from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { testName } from "../../contract/testName.ts";
import type { LoadedModel } from "../LoadedModel.ts";
import { peakResidentBytes } from "../peakMemory.ts";
import { RandomTokens } from "./RandomTokens.ts";

export interface MeasureTask {
  params: MeasureParams;
  /** Aborting ends the measurement within one batch or token. Finished runs are kept. */
  signal: AbortSignal;
  onEvent: (event: MeasureEvent) => void;
}

/** The library's cheapest sampling: one pass over the logits. The sampled token is discarded. */
const greedy = { temperature: 0, yieldEogToken: true } as const;
/** The sampling settings of an R1 reply. */
const asInReplies = { temperature: 0.6, topP: 0.95, topK: 1024, seed: 1 } as const;

/**
 * Measures as llama-bench does (`test_prompt`, `test_gen`): random tokens are read in batches, or evaluated one by one
 * with their logits. llama-bench does not sample, but the library always does, so our time includes greedy sampling.
 * Rejects with `context-exceeded` before anything is timed. Leaves the context empty.
 */
export async function measureSpeed(loaded: LoadedModel, task: MeasureTask): Promise<MeasureResult> {
  const { params, signal, onEvent } = task;
  const { context, sequence, model } = loaded;
  const largest = Math.max(
    (params.firstTokenPromptTokens ?? 0) + 1,
    ...params.tests.map((test) => test.depth + test.promptTokens + test.generatedTokens),
  );
  // The library shifts a full context and reads it again, so one token stays free.
  if (largest >= context.contextSize) {
    const facts = { case: "tests", needed: largest + 1, held: context.contextSize } as const;
    throw new WorkbenchError("context-exceeded", facts);
  }
  const random = new RandomTokens(model, params.seed);
  const tests: MeasuredTest[] = [];
  let ttftMs: number | null = null;
  try {
    for (const [index, test] of params.tests.entries()) {
      const measured: MeasuredTest = { name: testName(test), depth: test.depth, samples: [] };
      tests.push(measured);
      // The first run is a warm-up. It is not counted and generates one token, as in llama-bench.
      const warmUp = { ...test, generatedTokens: Math.min(1, test.generatedTokens) };
      let runsMs = 0;
      for (let run = 0; run <= params.repeats; run++) {
        if (run > 1 && runsMs >= (params.testMs ?? Number.POSITIVE_INFINITY)) break;
        const ms = await timeTest(run === 0 ? warmUp : test);
        if (signal.aborted) return result(false);
        if (run > 0) runsMs += ms;
        const seconds = ms / 1000;
        if (run > 0) measured.samples.push((test.promptTokens + test.generatedTokens) / seconds);
        onEvent({ test: index, repeat: run, samples: [...measured.samples], engineCpuMs: engineCpuMs() });
      }
    }
    if (params.firstTokenPromptTokens !== null) ttftMs = await timeFirstToken(params.firstTokenPromptTokens);
    return result(!signal.aborted);
  } finally {
    await sequence.clearHistory();
  }

  async function timeTest({ depth, promptTokens, generatedTokens }: MeasureTest): Promise<number> {
    await fillTo(depth);
    const prompt = random.take(promptTokens);
    const startedAt = performance.now();
    await read(prompt);
    await generate(generatedTokens);
    return performance.now() - startedAt;
  }

  /** Drops everything beyond `depth` and keeps what is before it from the previous run. */
  async function fillTo(depth: number): Promise<void> {
    if (depth === 0 || sequence.nextTokenIndex < depth) await sequence.clearHistory();
    else await sequence.eraseContextTokenRanges([{ start: depth, end: sequence.nextTokenIndex }]);
    await read(random.take(depth - sequence.nextTokenIndex));
  }

  async function read(tokens: ReturnType<RandomTokens["take"]>): Promise<void> {
    for (let at = 0; at < tokens.length && !signal.aborted; at += context.batchSize) {
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + context.batchSize));
    }
  }

  async function generate(count: number): Promise<void> {
    if (count === 0 || signal.aborted) return;
    const tokens = sequence.evaluate([random.next()], greedy);
    for (let done = 0; done < count && !signal.aborted; done++) {
      // The next token is random, as in llama-bench, because the model's own text may end.
      await (done === 0 ? tokens.next() : tokens.next(random.next()));
    }
    await tokens.return();
  }

  async function timeFirstToken(promptTokens: number): Promise<number | null> {
    await sequence.clearHistory();
    const prompt = random.take(promptTokens);
    const startedAt = performance.now();
    await read(prompt.slice(0, -1));
    if (signal.aborted) return null;
    const tokens = sequence.evaluate(prompt.slice(-1), { ...asInReplies, yieldEogToken: true });
    await tokens.next();
    const ms = performance.now() - startedAt;
    await tokens.return();
    return ms;
  }

  function result(complete: boolean): MeasureResult {
    return { tests, complete, ttftMs, peakResidentBytes: peakResidentBytes() };
  }
}

function engineCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
