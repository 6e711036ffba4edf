import type { BenchmarkResult } from "../../contract/benchmark.ts";
import type { GgufFacts, FileModel, ModelUsed } from "../../contract/models.ts";

/** What predictions learn from, as it was when it was read. */
export interface FitSources {
  models: readonly FileModel[];
  /** Reads each file once. Rejects with the file's problem. */
  facts: (model: FileModel) => Promise<GgufFacts>;
  history: { machineId: string; results: readonly BenchmarkResult[] };
}

interface Options {
  library: { list(): Promise<FileModel[]>; facts(model: FileModel): Promise<GgufFacts> };
  history: () => Promise<FitSources["history"]>;
}

/** Reads what predictions learn from, and keeps it for what must not wait for the disk. */
export class FitSourcesReader {
  readonly #options: Options;
  #kept: Promise<FitSources> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves with what is on the disk now. */
  read(): Promise<FitSources> {
    this.#kept = this.#read();
    return this.#kept;
  }

  /** Resolves with what was read last, unless it has changed since. */
  kept(): Promise<FitSources> {
    return this.#kept ?? this.read();
  }

  /** Call when models or results of benchmarks have changed: with a model that was used, or null for anything else. */
  changed(used: ModelUsed | null): void {
    if (used === null) {
      this.#kept = null;
      return;
    }
    const { modelId, ...changes } = used;
    this.#kept &&= this.#kept.then((sources) => ({
      ...sources,
      models: sources.models.map((model) => (model.id === modelId ? { ...model, ...changes } : model)),
    }));
  }

  async #read(): Promise<FitSources> {
    const { library, history } = this.#options;
    const read = new Map<string, Promise<GgufFacts>>();
    const [models, results] = await Promise.all([
      library.list().catch(() => []),
      history().catch(() => ({ machineId: "", results: [] })),
    ]);
    return {
      models,
      history: results,
      facts(model) {
        const file = `${model.source.path} ${model.sizeBytes}`;
        const facts = read.get(file) ?? library.facts(model);
        read.set(file, facts);
        // It may be readable the next time.
        facts.catch(() => read.delete(file));
        return facts;
      },
    };
  }
}
