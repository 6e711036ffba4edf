import { onlyCardBytes } from "../hardware/onlyCardBytes.ts";
import type { BackendChoice, BackendMeasurement, BackendSpeed } from "../../contract/backendSpeeds.ts";
import { type Backend, type BackendProbe, cpuProbe } from "../../contract/engine.ts";
import type { Prediction, SpeedPrediction } from "../../contract/fit.ts";
import type { ServerDevice } from "../../contract/llamaServer.ts";
import type { GgufFacts, FileModel, ModelChoices } from "../../contract/models.ts";
import { defaultThreads, isSmall } from "../hardware/defaultThreads.ts";
import { median } from "../median.ts";
import { memoryNeed } from "../models/memoryNeed.ts";
import { chooseBackend, replySeconds } from "./chooseBackend.ts";
import type { PlacedModel } from "./placeForServer.ts";
import { type Observation, type Place, predictSpeed, smallBytes, type TimedModel } from "./predictSpeed.ts";
import type { Here } from "./speedTrials.ts";
import type { KeptTrials } from "./trialsStore.ts";

/** A speed that was measured on this machine, from any source. */
export interface Measurement {
  modelId: string;
  /** Null in data of an earlier version, which always used the first backend. */
  backend: Backend | null;
  kind: Observation["kind"];
  threads: number;
  depth: number;
  tokensPerSecond: number;
  /** Approximately the relative error. */
  error: number;
  /** Whether it was measured with the settings that replies have. Otherwise it is only one of the estimate's sources. */
  asInReplies: boolean;
}

/** A model's speed on each backend that can be used, and which one it runs with. */
export interface ModelSpeeds {
  backends: BackendSpeed[];
  choice: BackendChoice;
  /** With the chosen backend. Null if that was not measured. */
  speed: SpeedPrediction | null;
}

export interface MachineSpeeds {
  readonly isMeasured: boolean;
  /** Free memory of the only graphics card. Null: there is none, or more than one. */
  readonly cardBytes: number | null;
  of(model: TimedModel, depth: number): ModelSpeeds;
  /** Returns a model's speed where llama-server would put it. Null if that is not known, or was not measured. */
  onServer(model: TimedModel, placed: PlacedModel, devices: readonly ServerDevice[]): SpeedPrediction | null;
}

export interface SpeedSources {
  here: Here;
  models: readonly FileModel[];
  facts: (model: FileModel) => Promise<GgufFacts>;
  choices: (model: FileModel) => Promise<Pick<ModelChoices, "threads" | "gpuLayers">>;
  /** Speeds of replies and benchmarks with this engine, whatever the backend. */
  measurements: (threadsOf: (modelId: string) => number) => Promise<Measurement[]>;
  /** The user's choice of a backend. Null: automatic. */
  setting: Backend | null;
  /** Returns the backend that holds a model now, or null. */
  heldBy: (modelId: string) => Backend | null;
}

type PlacedObservation = Observation & Pick<Measurement, "asInReplies"> & { backend: Backend };

/** Share of a card's free memory that is left for its driver and the compute buffers. */
const gpuReserve = 0.1;

/** Resolves with what is currently known about the speeds of models on this machine. */
export async function machineSpeeds(sources: SpeedSources): Promise<MachineSpeeds> {
  const { here, models, setting, heldBy } = sources;
  const { kept, info, threads: threadsNow } = here;
  const usable = info.probes.filter((probe) => probe.usable);
  const probes = usable.length === 0 ? [cpuProbe] : usable;
  const chosen = new Map<string, Pick<ModelChoices, "threads" | "gpuLayers">>();
  for (const model of models) chosen.set(model.id, await sources.choices(model));
  /** Returns the number of threads that the model would be loaded with now. */
  const threadsOf = ({ key, shape }: TimedModel): number =>
    chosen.get(key)?.threads ?? defaultThreads(threadsNow, info, shape.weightsBytes);

  const observations = kept === null ? [] : await observe(sources, kept, probes, chosen);

  function speedOn(probe: BackendProbe, model: TimedModel, depth: number): Omit<BackendSpeed, "devices" | "software"> {
    const { backend } = probe;
    const places = kept === null ? null : placesOf(model, kept, probe);
    const ours = observations.filter((each) => each.backend === backend);
    const own = ours.filter((each) => each.model.key === model.key && each.asInReplies);
    const itself = own.some(({ kind }) => kind === "generation");
    const measured = itself ? { code: "itself" as const } : trialsOn(kept, backend);
    if (places === null) return { backend, measured, speed: null };
    const threads = threadsOf(model);
    const speed = predictSpeed(model, { places, threads, depth }, ours);
    if (!itself) return { backend, measured, speed };
    const exact = (kind: Observation["kind"], predicted: Prediction): Prediction =>
      asMeasured(
        predicted,
        own.filter(
          (each) => each.kind === kind && each.situation.depth === depth && each.situation.threads === threads,
        ),
      );
    return {
      backend,
      measured,
      speed: { generation: exact("generation", speed.generation), reading: exact("reading", speed.reading) },
    };
  }

  return {
    isMeasured: kept !== null,
    cardBytes: onlyCardBytes(probes),
    of(model, depth) {
      const backends = probes.map((probe): BackendSpeed => {
        const { devices, software } = probe;
        return { ...speedOn(probe, model, depth), devices, software };
      });
      // The depth of a question does not change the choice.
      const candidates = probes.map((probe, index) => {
        const { measured, speed } = (depth === 0 ? backends[index] : undefined) ?? speedOn(probe, model, 0);
        const failed = measured.code === "stopped" || measured.code === "late";
        const { backend, software } = probe;
        const decides = speed !== null && (measured.code === "itself" || canDecide(kept, probe, measured));
        return { backend, software, failed, seconds: decides ? replySeconds(speed) : null };
      });
      const gpuLayers = chosen.get(model.key)?.gpuLayers ?? null;
      const small = isSmall(model.shape.weightsBytes);
      const choice = chooseBackend({ candidates, setting, gpuLayers, small, held: heldBy(model.key) });
      // The processor comes first.
      backends.unshift(...backends.splice(backends.findIndex(({ backend }) => backend === "cpu")));
      const speed = backends.find(({ backend }) => backend === choice.backend)?.speed ?? null;
      return { backends, choice, speed };
    },
    onServer(model, placed, devices) {
      const found = kept === null ? null : serverPlaces(placed, devices, kept);
      if (found === null) return null;
      const { backend, places } = found;
      const ours = observations.filter((each) => each.backend === backend);
      return predictSpeed(model, { places, threads: threadsNow, depth: 0 }, ours);
    },
  };
}

/** Resolves with the measurements in a form that predictions learn from. */
async function observe(
  { here, models, facts, measurements }: SpeedSources,
  kept: KeptTrials,
  probes: readonly BackendProbe[],
  chosen: ReadonlyMap<string, Pick<ModelChoices, "threads">>,
): Promise<PlacedObservation[]> {
  const observations: PlacedObservation[] = [];
  const first = probes[0]?.backend ?? "cpu";
  for (const measurement of await measurements((id) => chosen.get(id)?.threads ?? here.threads)) {
    const { modelId, kind, tokensPerSecond, error, depth, threads, asInReplies } = measurement;
    const probe = probes.find(({ backend }) => backend === (measurement.backend ?? first));
    const measured = models.find(({ id }) => id === modelId);
    if (probe === undefined || measured === undefined) continue;
    const model = fromFacts(modelId, await facts(measured).catch(() => null));
    const places = model === null ? null : placesOf(model, kept, probe);
    if (model === null || places === null || model.shape.weightsBytes < smallBytes) continue;
    const situation = { places, threads, depth };
    observations.push({ backend: probe.backend, model, kind, tokensPerSecond, error, situation, asInReplies });
  }
  return observations;
}

/** Returns the properties of a model file that affect its speed, or null if it is no language model. */
export function fromFacts(modelId: string, facts: GgufFacts | null): TimedModel | null {
  if (facts === null || facts.shape === null || facts.matrices.length === 0) return null;
  return { key: modelId, shape: facts.shape, matrices: facts.matrices, certainty: "known" };
}

/** Returns a prediction of what was measured under the same conditions, with the measured value. */
function asMeasured(predicted: Prediction, same: readonly Observation[]): Prediction {
  if (same.length === 0) return predicted;
  const value = median(same.map(({ tokensPerSecond }) => tokensPerSecond));
  const scale = value / predicted.value;
  return { value, low: predicted.low * scale, high: predicted.high * scale };
}

/**
 * Returns whether the trials of a backend can decide. Where neither it nor the CPU could be measured completely, both
 * speeds are guesses. Software competes with other programs for the CPU, so that a busy machine says nothing about it.
 */
function canDecide(
  kept: KeptTrials | null,
  { backend, software }: BackendProbe,
  { code }: BackendMeasurement,
): boolean {
  if (kept === null) return false;
  const isCpuSure = kept.cpu.estimated === 0;
  if (backend === "cpu") return true;
  if (software && (!isCpuSure || kept.noisy)) return false;
  return isCpuSure || code !== "slow";
}

function trialsOn(kept: KeptTrials | null, backend: Backend): BackendMeasurement {
  if (kept === null) return { code: "none" };
  if (backend === "cpu") return { code: "trials" };
  const card = kept.cards.find((each) => each.backend === backend);
  if (card === undefined) return { code: "none" };
  const { failure, costs } = card;
  if (failure?.code === "late") return { code: "late", facts: { seconds: failure.seconds } };
  if (failure !== null || costs === null) return { code: "stopped" };
  return { code: costs.estimated > 0 ? "slow" : "trials" };
}

/**
 * Returns where the layers run. On a graphics card: as many as fit its free memory, and the rest on the CPU. Null if the
 * backend was not measured.
 */
function placesOf(
  { shape }: TimedModel,
  { cpu, cards }: KeptTrials,
  { backend, memory }: BackendProbe,
): Place[] | null {
  if (backend === "cpu") return [{ costs: cpu, share: 1 }];
  const costs = cards.find((card) => card.backend === backend)?.costs ?? null;
  if (costs === null) return null;
  const { totalBytes } = memoryNeed(shape, { contextSize: 4096, batchSize: 512, gpuLayers: 0 });
  const share = Math.min(1, ((memory?.freeBytes ?? 0) * (1 - gpuReserve)) / totalBytes);
  return [
    { costs, share },
    { costs: cpu, share: 1 - share },
  ];
}

/** What llama.cpp's names of devices begin with. */
const devicePrefixes: readonly (readonly [prefix: RegExp, backend: Backend])[] = [
  [/^CUDA\d/, "cuda"],
  [/^Vulkan\d/, "vulkan"],
  [/^(MTL|Metal)/, "metal"],
];

/** Returns where the parts of a model are that llama-server runs. Null if it decides itself, or a device is unknown. */
function serverPlaces(
  { placement, isReadFromDisk }: PlacedModel,
  [device]: readonly ServerDevice[],
  { cpu, cards }: KeptTrials,
): { backend: Backend; places: Place[] } | null {
  if (isReadFromDisk || placement.by === "itself") return null;
  if (placement.by === "processor" || device === undefined) {
    return { backend: "cpu", places: [{ costs: cpu, share: 1 }] };
  }
  const backend = devicePrefixes.find(([prefix]) => prefix.test(device.name))?.[1];
  const costs = cards.find((card) => card.backend === backend)?.costs ?? null;
  if (backend === undefined || costs === null) return null;
  const inMemory = placement.expertLayersInMemory / placement.expertLayers;
  return {
    backend,
    places: [
      { costs, share: 1, experts: 1 - inMemory },
      { costs: cpu, share: 0, experts: inMemory },
    ],
  };
}
