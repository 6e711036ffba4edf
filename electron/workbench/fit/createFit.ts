import type { BackendChoice, BackendComparison } from "../../contract/backendSpeeds.ts";
import type { Backend, EngineInfo } from "../../contract/engine.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Fit, FitSubject, SpeedPrediction } from "../../contract/fit.ts";
import { isFile } from "../../contract/modelKinds.ts";
import type { ServerDevice } from "../../contract/llamaServer.ts";
import type { FileModel, GgufFacts, Model, ModelChoices, ModelUsed } from "../../contract/models.ts";
import type { CatalogEntry } from "../catalog/catalogFile.ts";
import { variantShape } from "../catalog/variantShape.ts";
import { type FitSources, FitSourcesReader } from "./FitSources.ts";
import { guessModel } from "./guessModel.ts";
import { fitOnServer } from "./fitOnServer.ts";
import { judgeMemory } from "./judgeMemory.ts";
import { isSmall } from "../hardware/defaultThreads.ts";
import { fromFacts, type MachineSpeeds, machineSpeeds, type Measurement } from "./machineSpeeds.ts";
import { type PlacedModel, placeForServer } from "./placeForServer.ts";
import { smallBytes, type TimedModel } from "./predictSpeed.ts";
import { type ReplySettings, replySettings } from "./replySettings.ts";
import { speedsOfResults } from "./speedsOfResults.ts";
import type { Here, SpeedTrialsOwner } from "./speedTrials.ts";
import { quickEnough, takeQuantization } from "./takeQuantization.ts";

export interface FitOptions {
  trials: SpeedTrialsOwner;
  catalog: () => Promise<readonly CatalogEntry[]>;
  library: {
    list(): Promise<FileModel[]>;
    chooseFile(model: string): Promise<FileModel>;
    answering(model: string | null): Promise<Model>;
    facts(model: FileModel): Promise<GgufFacts>;
  };
  /** The user's choices for models. */
  choices: { get(model: FileModel): Promise<ModelChoices> };
  /** Resolves with the main memory that a model may use when nothing else runs, in bytes. */
  usableBytes: () => Promise<number>;
  /** Resolves with the median speeds of the last replies, by backend. */
  replySpeeds: (
    models: readonly FileModel[],
  ) => Promise<Pick<Measurement, "modelId" | "backend" | "tokensPerSecond">[]>;
  /** Returns the user's choice of a backend. Null: automatic. */
  setting: () => Backend | null;
  /** Returns the backend that holds a model now, or null. */
  heldBy: (modelId: string) => Backend | null;
  /** Returns the context size in the settings. */
  contextSize: () => number | null;
  /** Resolves with the results of benchmarks. */
  history: () => Promise<FitSources["history"]>;
}

export interface FitQuestion {
  contextSize: number | null;
  depth: number;
}

/** Predicts speeds from what is currently known about the machine. */
export type Predict = (model: TimedModel, depth: number) => SpeedPrediction | null;

export interface FitOwner {
  /** Rejects with the library's errors, and with `model-not-found` for an unknown catalogue id. */
  of(subject: FitSubject, question: FitQuestion): Promise<Fit>;
  list(subjects: readonly FitSubject[], contextSize: number | null): Promise<(Fit | null)[]>;
  /**
   * Resolves with null if this machine has not been measured yet, and with `now` also while the engine is not ready;
   * `fit.changed` is emitted later.
   */
  predictor(when: "now" | "engine-ready"): Promise<Predict | null>;
  /**
   * Resolves with the backend for a model, once the backends have been tried if that can make a difference. Null if the
   * engine does not start, and if the file is no language model.
   */
  backendFor(model: FileModel): Promise<Backend | null>;
  /** Resolves with the speeds of the backends on this machine, or null while the engine is not ready. */
  backends(): Promise<BackendComparison | null>;
  /**
   * Resolves with where llama-server is to put a model, and how fast it would be; with `now`, the speed may be missing
   * while the engine is not ready. Rejects with the file's problem.
   */
  placed(
    model: FileModel,
    question: { contextSize: number; devices: readonly ServerDevice[] },
    when: "now" | "engine-ready",
  ): Promise<PlacedModel & { speed: SpeedPrediction | null }>;
  /** Call when models or results of benchmarks have changed: with a model that was used, or null for anything else. */
  changed(used: ModelUsed | null): void;
}

/** The approximate depth of a reply. Its speed is also affected by other programs. */
const replyDepth = 512;
const replyError = 0.12;

export function createFit(options: FitOptions): FitOwner {
  const { trials, catalog, library, choices, usableBytes, replySpeeds, setting, heldBy, contextSize, history } =
    options;
  const sources = new FitSourcesReader({ library, history });

  async function speeds(when: "now" | "engine-ready"): Promise<MachineSpeeds | null> {
    const here = await trials.here(when).catch(() => null);
    return here === null ? null : await speedsOf(here, await sources.read());
  }

  async function speedsOf(here: Here, from: FitSources): Promise<MachineSpeeds> {
    const { models, facts } = from;
    return await machineSpeeds({
      here,
      models,
      facts,
      choices: (model) => choices.get(model),
      setting: setting(),
      heldBy,
      async measurements(threadsOf) {
        const ofReplies = (await replySpeeds(models).catch(() => [])).map(
          (measured): Measurement => ({
            ...measured,
            kind: "generation",
            threads: threadsOf(measured.modelId),
            depth: replyDepth,
            error: replyError,
            asInReplies: true,
          }),
        );
        return [...ofReplies, ...(await benchmarked(here.info, from))];
      },
    });
  }

  /** Resolves with what benchmarks show. */
  async function benchmarked(info: EngineInfo, from: FitSources): Promise<Measurement[]> {
    const usable = await usableBytes();
    const settings = new Map<string, (backend: Backend) => ReplySettings | null>();
    for (const model of from.models) {
      if (!from.history.results.some(({ conditions }) => conditions.model.id === model.id)) continue;
      const facts = await from.facts(model).catch(() => null);
      if (facts === null) continue;
      const chosen = await choices.get(model);
      settings.set(model.id, (backend) =>
        replySettings(model, facts, chosen, {
          info: { ...info, backend },
          contextSize: contextSize(),
          usableBytes: usable,
        }),
      );
    }
    return speedsOfResults(
      from.history,
      from.models,
      info,
      (modelId, backend) => settings.get(modelId)?.(backend) ?? null,
    );
  }

  async function predictor(when: "now" | "engine-ready"): Promise<Predict | null> {
    return predictWith(await speeds(when));
  }

  /** The model that backends are compared by: the one of new chats, unless it is too small to say anything. */
  async function comparedModel(): Promise<{ model: TimedModel; name: string }> {
    const chosen = await library.answering(null).catch(() => null);
    const answering = chosen !== null && isFile(chosen) ? chosen : null;
    const facts = answering === null ? null : await library.facts(answering).catch(() => null);
    const model = answering === null ? null : fromFacts(answering.id, facts);
    if (answering !== null && model !== null && model.shape.weightsBytes >= smallBytes) {
      return { model, name: answering.name };
    }
    const [entry] = await catalog();
    const variant = entry?.variants.find(({ quantization }) => quantization === "Q4_K_M") ?? entry?.variants[0];
    if (entry === undefined || variant === undefined) throw new WorkbenchError("internal");
    return { model: fromVariant(entry, variant), name: `${entry.name} ${variant.quantization}` };
  }

  /**
   * Resolves with the model, its name and limits. For a catalogue model without a quantization, uses the recommended
   * one.
   */
  async function found(subject: FitSubject, question: FitQuestion, predict: Predict | null, usable: number) {
    switch (subject.kind) {
      case "model": {
        const chosen = await library.chooseFile(subject.modelId);
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
    known: MachineSpeeds | null,
    usable: number,
  ): Promise<Fit> {
    const predict = predictWith(known);
    const { model, name, quantization, contextLength } = await found(subject, question, predict, usable);
    const memory = { name, contextLength, contextSize: question.contextSize, usableBytes: usable };
    const expected = known?.of(model, question.depth);
    const judged = judgeMemory(model.shape, memory);
    return {
      name,
      quantization,
      ...judged,
      onServer: fitOnServer(model, { ...memory, verdict: judged.verdict, cardBytes: known?.cardBytes ?? null }),
      usableBytes: usable,
      takeQuantization: takeQuantization(model, memory, predict === null ? null : (each) => predict(each, 0)),
      speed: expected?.speed ?? null,
      backends: expected?.backends ?? [],
      choice: expected?.choice ?? null,
      guessed: model.certainty === "guessed",
    };
  }

  return {
    async of(subject, question) {
      const [known, usable] = await Promise.all([speeds("engine-ready"), usableBytes()]);
      return await judge(subject, question, known, usable);
    },
    async list(subjects, contextSize) {
      const [known, usable] = await Promise.all([speeds("now"), usableBytes()]);
      const one = (subject: FitSubject) => judge(subject, { contextSize, depth: 0 }, known, usable);
      return await Promise.all(subjects.map((subject) => one(subject).catch(() => null)));
    },
    predictor,
    async backendFor(model) {
      const now = await trials.here("now").catch(() => null);
      const chosen = setting();
      // These need no predictions.
      if (chosen === "cpu" || (now !== null && usableIn(now).every((backend) => backend === "cpu"))) return "cpu";
      if (now !== null && chosen !== null && usableIn(now).includes(chosen)) return chosen;
      // A message waits for this.
      const from = await sources.kept();
      const timed = fromFacts(model.id, await from.facts(model).catch(() => null));
      if (timed === null) return null;
      if (chosen === null && (await needsNoCard(model, timed))) return "cpu";
      const here = now ?? (await trials.here("engine-ready").catch(() => null));
      if (here === null) return null;
      if (chosen !== null && usableIn(here).includes(chosen)) return chosen;
      return (await speedsOf(here, from)).of(timed, 0).choice.backend;
    },
    async backends() {
      const known = await speeds("now");
      if (known === null) return null;
      const { model, name } = await comparedModel();
      const { backends, choice } = known.of(model, 0);
      return { model: name, setting: setting(), backends, choice, others: await othersThan(choice, known) };
    },
    async placed(model, { contextSize, devices }, when) {
      const timed = fromFacts(model.id, await library.facts(model));
      if (timed === null) throw new WorkbenchError("model-not-chat");
      const [known, usable] = await Promise.all([speeds(when), usableBytes()]);
      const placed = placeForServer(timed, { contextSize, devices, usableBytes: usable });
      return { ...placed, speed: known?.onServer(timed, placed, devices) ?? null };
    },
    changed: (used) => sources.changed(used),
  };

  /** Whether a model runs on the processor whatever else there is, so that it need not wait until that is known. */
  async function needsNoCard(model: FileModel, { shape }: TimedModel): Promise<boolean> {
    const { gpuLayers } = await choices.get(model);
    return gpuLayers === 0 || (gpuLayers === null && isSmall(shape.weightsBytes));
  }

  /** Resolves with the models in the library that run with another backend. */
  async function othersThan({ backend }: BackendChoice, known: MachineSpeeds): Promise<BackendComparison["others"]> {
    const others: BackendComparison["others"] = [];
    const { models, facts } = await sources.kept();
    for (const model of models) {
      const timed = fromFacts(model.id, await facts(model).catch(() => null));
      const theirs = timed === null ? backend : known.of(timed, 0).choice.backend;
      if (theirs !== backend) others.push({ name: model.name, backend: theirs });
    }
    return others;
  }
}

const usableIn = ({ info }: Here): Backend[] =>
  info.probes.filter((probe) => probe.usable).map(({ backend }) => backend);

/** Returns null if nothing was measured. */
const predictWith = (known: MachineSpeeds | null): Predict | null =>
  known?.isMeasured === true ? (model, depth) => known.of(model, depth).speed : null;

const isQuick = (model: TimedModel, predict: Predict | null): boolean =>
  (predict?.(model, 0)?.generation.value ?? quickEnough) >= quickEnough;

/** Returns the properties of a catalogue variant that affect its speed. */
export function fromVariant(entry: CatalogEntry, variant: CatalogEntry["variants"][number]): TimedModel {
  const { shape, matrices } = variantShape(entry.shape, variant);
  return { key: `${entry.id} ${variant.quantization}`, shape, matrices, certainty: "known" };
}
