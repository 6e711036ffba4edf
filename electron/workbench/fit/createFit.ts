import type { EngineInfo } from "../../contract/engine.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Fit, FitSubject, SpeedPrediction } from "../../contract/fit.ts";
import type { GgufFacts, Model, ModelChoices } from "../../contract/models.ts";
import type { CatalogEntry } from "../catalog/catalogFile.ts";
import { variantShape } from "../catalog/variantShape.ts";
import { defaultThreads } from "../hardware/defaultThreads.ts";
import { memoryNeed } from "../models/memoryNeed.ts";
import { guessModel } from "./guessModel.ts";
import { judgeMemory } from "./judgeMemory.ts";
import { type Observation, type Place, predictSpeed, smallBytes, type TimedModel } from "./predictSpeed.ts";
import type { SpeedTrialsOwner } from "./speedTrials.ts";
import { quickEnough, takeQuantization } from "./takeQuantization.ts";
import type { KeptTrials } from "./trialsStore.ts";

/** A speed that was measured on this machine, from any source. */
export interface Measurement {
  modelId: string;
  kind: Observation["kind"];
  threads: number;
  depth: number;
  tokensPerSecond: number;
  /** Approximately the relative error. */
  error: number;
}

export interface FitOptions {
  trials: SpeedTrialsOwner;
  catalog: () => Promise<readonly CatalogEntry[]>;
  library: {
    list(): Promise<Model[]>;
    choose(model: string): Promise<Model>;
    facts(model: Model): Promise<GgufFacts>;
  };
  /** The user's choices for models. */
  choices: { get(model: Model): Promise<Pick<ModelChoices, "threads">> };
  /** Resolves with the main memory that a model may use when nothing else runs, in bytes. */
  usableBytes: () => Promise<number>;
  /** Resolves with the results of benchmarks with this engine. The speeds of replies come from the library. */
  measurements?: (models: readonly Model[], engine: EngineInfo) => Promise<Measurement[]>;
}

export interface FitQuestion {
  contextSize: number | null;
  depth: number;
}

/** Predicts speeds from what is currently known about the machine. */
export type Predict = (model: TimedModel, depth: number) => SpeedPrediction;

export interface FitOwner {
  /** Rejects with the library's errors, and with `model-not-found` for an unknown catalogue id. */
  of(subject: FitSubject, question: FitQuestion): Promise<Fit>;
  list(subjects: readonly FitSubject[], contextSize: number | null): Promise<(Fit | null)[]>;
  /**
   * Resolves with null if this machine has not been measured yet, and with `now` also while the engine is not ready;
   * `fit.changed` is emitted later.
   */
  predictor(when: "now" | "engine-ready"): Promise<Predict | null>;
}

/** The approximate depth of a reply. Its speed is also affected by other programs. */
const replyDepth = 512;
const replyError = 0.12;
/** Share of a card's free memory that is left for its driver and the compute buffers. */
const gpuReserve = 0.1;

export function createFit({ trials, catalog, library, choices, usableBytes, measurements }: FitOptions): FitOwner {
  async function predictor(when: "now" | "engine-ready"): Promise<Predict | null> {
    const known = await trials.known(when).catch(() => null);
    if (known === null) return null;
    const { kept, info, threads: threadsNow } = known;
    const models = await library.list().catch(() => []);
    const chosen = new Map<string, number>();
    for (const model of models) {
      const { threads } = await choices.get(model);
      if (threads !== null) chosen.set(model.id, threads);
    }
    /** Returns the number of threads that the model would be loaded with now. */
    const threadsOf = ({ key, shape }: TimedModel): number =>
      chosen.get(key) ?? defaultThreads(threadsNow, info, shape.weightsBytes);
    const situation = (model: TimedModel, depth: number, threads = threadsOf(model)) => ({
      places: placesOf(model, kept, info),
      threads,
      depth,
    });
    const observations: Observation[] = [];
    for (const { modelId, kind, tokensPerSecond, error, depth, threads } of await allMeasurements(
      models,
      info,
      (modelId) => chosen.get(modelId) ?? threadsNow,
    )) {
      const measured = models.find(({ id }) => id === modelId);
      const facts = measured === undefined ? null : await library.facts(measured).catch(() => null);
      const model = facts === null ? null : fromFacts(modelId, facts);
      if (model === null || model.shape.weightsBytes < smallBytes) continue;
      observations.push({ model, kind, tokensPerSecond, error, situation: situation(model, depth, threads) });
    }
    return (model, depth) => predictSpeed(model, situation(model, depth), observations);
  }

  async function allMeasurements(
    models: readonly Model[],
    info: EngineInfo,
    threadsOf: (modelId: string) => number,
  ): Promise<Measurement[]> {
    const ofReplies = models.flatMap(({ id, measuredTokensPerSecond }): Measurement[] =>
      measuredTokensPerSecond === null
        ? []
        : [
            {
              modelId: id,
              kind: "generation",
              threads: threadsOf(id),
              depth: replyDepth,
              tokensPerSecond: measuredTokensPerSecond,
              error: replyError,
            },
          ],
    );
    return [...ofReplies, ...((await measurements?.(models, info).catch(() => [])) ?? [])];
  }

  /**
   * Resolves with the model, its name and limits. For a catalogue model without a quantization, uses the recommended
   * one.
   */
  async function found(subject: FitSubject, question: FitQuestion, predict: Predict | null, usable: number) {
    switch (subject.kind) {
      case "model": {
        const chosen = await library.choose(subject.modelId);
        const facts = await library.facts(chosen);
        const model = fromFacts(chosen.id, facts);
        if (model === null) throw new WorkbenchError("model-not-chat");
        const { name, quantization, contextLength } = chosen;
        return { model, name, quantization, contextLength };
      }
      case "hub": {
        const { shape, matrices, named, contextLength } = guessModel(subject, await catalog());
        const key = `hub ${subject.name} ${subject.sizeBytes}`;
        const model: TimedModel = { key, shape, matrices, certainty: named ? "known" : "guessed" };
        return { model, name: subject.name, quantization: subject.quantization, contextLength };
      }
      case "catalog": {
        const entries = await catalog();
        const ofId = ({ id }: CatalogEntry, quantization: string): boolean =>
          subject.id === `${id}-${quantization.toLowerCase()}`;
        for (const entry of entries) {
          const options = entry.variants.map((variant) => ({ variant, model: fromVariant(entry, variant) }));
          const exact = options.find(({ variant }) => ofId(entry, variant.quantization));
          if (exact === undefined && subject.id !== entry.id) continue;
          const { name, contextLength } = entry;
          const memory = { name, contextLength, contextSize: question.contextSize, usableBytes: usable };
          const fitsAndIsQuick = (model: TimedModel): boolean =>
            judgeMemory(model.shape, memory).verdict === "fits" && isQuick(model, predict);
          const chosen = exact ?? options.toReversed().find(({ model }) => fitsAndIsQuick(model)) ?? options[0];
          if (chosen === undefined) continue;
          return { model: chosen.model, name, quantization: chosen.variant.quantization, contextLength };
        }
        throw new WorkbenchError("model-not-found", { case: "notInCatalogue", name: subject.id });
      }
    }
  }

  async function judge(
    subject: FitSubject,
    question: FitQuestion,
    predict: Predict | null,
    usable: number,
  ): Promise<Fit> {
    const { model, name, quantization, contextLength } = await found(subject, question, predict, usable);
    const memory = { name, contextLength, contextSize: question.contextSize, usableBytes: usable };
    return {
      name,
      quantization,
      ...judgeMemory(model.shape, memory),
      usableBytes: usable,
      takeQuantization: takeQuantization(model, memory, predict === null ? null : (each) => predict(each, 0)),
      speed: predict?.(model, question.depth) ?? null,
      guessed: model.certainty === "guessed",
    };
  }

  return {
    async of(subject, question) {
      const [predict, usable] = await Promise.all([predictor("engine-ready"), usableBytes()]);
      return await judge(subject, question, predict, usable);
    },
    async list(subjects, contextSize) {
      const [predict, usable] = await Promise.all([predictor("now"), usableBytes()]);
      const one = (subject: FitSubject) => judge(subject, { contextSize, depth: 0 }, predict, usable);
      return await Promise.all(subjects.map((subject) => one(subject).catch(() => null)));
    },
    predictor,
  };
}

function fromFacts(modelId: string, { shape, matrices }: GgufFacts): TimedModel | null {
  return shape === null || matrices.length === 0 ? null : { key: modelId, shape, matrices, certainty: "known" };
}

const isQuick = (model: TimedModel, predict: Predict | null): boolean =>
  predict === null || predict(model, 0).generation.value >= quickEnough;

/** Returns the properties of a catalogue variant that affect its speed. */
export function fromVariant(entry: CatalogEntry, variant: CatalogEntry["variants"][number]): TimedModel {
  const { shape, matrices } = variantShape(entry.shape, variant);
  return { key: `${entry.id} ${variant.quantization}`, shape, matrices, certainty: "known" };
}

/** Returns where the layers run. With a graphics card: as many there as fit its free memory, the rest on the CPU. */
function placesOf({ shape }: TimedModel, { cpu, gpu }: KeptTrials, info: EngineInfo): Place[] {
  if (gpu === null) return [{ costs: cpu, share: 1 }];
  const card = info.probes.find(({ backend }) => backend === info.backend)?.memory?.freeBytes ?? 0;
  const { totalBytes } = memoryNeed(shape, { contextSize: 4096, batchSize: 512, gpuLayers: 0 });
  const share = Math.min(1, (card * (1 - gpuReserve)) / totalBytes);
  return [
    { costs: gpu, share },
    { costs: cpu, share: 1 - share },
  ];
}
