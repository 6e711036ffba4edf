import { type SettingsInUse, type TunedSetting, tunedSettings, type TuneTrial } from "../../contract/tune.ts";

/** One setting with a value that differs from the fastest settings found so far. */
export interface Trial {
  setting: TunedSetting;
  to: SettingsInUse[TunedSetting];
}

export interface TriedTrial extends Trial {
  outcome: TuneTrial["outcome"];
}

/** Everything that the choice of the next trial depends on. */
export interface TuneSearch {
  /** The settings at the start. */
  inUse: SettingsInUse;
  machine: {
    /** Threads for a model unless the user chose a number. */
    defaultThreads: number;
    /** Threads that can run at the same time. */
    usableCores: number;
    /** Whether a GPU is used. */
    hasGpu: boolean;
    /** Whether the engine can ask for large memory pages. */
    hasLargePages: boolean;
    /** Layers of the model, counting its output as one. */
    layers: number;
  };
  contextSize: number;
  allowLossy: boolean;
  /** In order. */
  tried: readonly TriedTrial[];
  /** Seconds left, without those for the measurements at the end. */
  secondsLeft: number;
  /** How long a trial will take. */
  secondsOf: (trial: Trial) => number;
}

/** `left` lists the settings that there was no time to try. */
export type NextTrial = { trial: Trial } | { done: "complete" } | { done: "time"; left: TunedSetting[] };

/**
 * Returns the next trial. Settings are tried in order, the cheapest first, from the fastest value found to its
 * neighbours for as long as they gain. Trials for which there is no time are skipped in favour of shorter ones.
 */
export function nextTrial(search: TuneSearch): NextTrial {
  const open = openTrials(search);
  const trial = open.find((candidate) => search.secondsOf(candidate) <= search.secondsLeft);
  if (trial !== undefined) return { trial };
  if (open.length === 0) return { done: "complete" };
  return { done: "time", left: settingsLeft(search) };
}

/** What is known of a search without its clock. */
type SearchState = Omit<TuneSearch, "secondsLeft" | "secondsOf">;

/** Returns the settings with values that are worth trying and have not been tried. */
export function settingsLeft(search: SearchState): TunedSetting[] {
  return [...new Set(openTrials(search).map(({ setting }) => setting))];
}

function openTrials(search: SearchState): Trial[] {
  const best = bestSettings(search.inUse, search.tried);
  return tunedSettings.flatMap((setting) =>
    neighbours[setting](best, search)
      .map((to): Trial => ({ setting, to }))
      .filter((trial) => !isKnown(trial, search)),
  );
}

/** Returns the settings at the start with everything that gained. */
export function bestSettings(inUse: SettingsInUse, tried: readonly TriedTrial[]): SettingsInUse {
  const gains = tried.filter(({ outcome }) => outcome === "gain");
  return gains.reduce(withSetting, inUse);
}

/** Returns the settings with one of them changed. With large pages the file is read, since mapped pages are small. */
export function withSetting(settings: SettingsInUse, { setting, to }: Trial): SettingsInUse {
  const isRead = setting === "largePages" && to === true;
  return { ...settings, [setting]: to, ...(isRead ? { memoryMapped: false } : {}) };
}

function isKnown({ setting, to }: Trial, { inUse, tried }: SearchState): boolean {
  return inUse[setting] === to || tried.some((trial) => trial.setting === setting && trial.to === to);
}

const threadSteps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
const batchSteps = [128, 256, 512, 1024, 2048, 4096];

type Neighbours = (best: SettingsInUse, search: SearchState) => SettingsInUse[TunedSetting][];

const neighbours: Record<TunedSetting, Neighbours> = {
  threads({ threads }, { machine: { defaultThreads, usableCores }, inUse }) {
    const steps = [...threadSteps.filter((step) => step <= usableCores), defaultThreads, usableCores, inUse.threads];
    const around = nearest(steps, threads);
    // More threads than cores wait for each other. That is the most common mistake, so it is corrected in one step.
    return threads > defaultThreads ? [defaultThreads, ...around] : around;
  },

  gpuLayers({ gpuLayers }, { machine: { hasGpu, layers }, tried }) {
    if (!hasGpu) return [];
    const refused = tried.filter(({ setting, outcome }) => setting === "gpuLayers" && outcome !== "gain");
    const above = refused.map(({ to }) => Number(to)).filter((to) => to > gpuLayers);
    const ceiling = Math.min(layers + 1, ...above);
    const none = gpuLayers > 0 ? [0] : [];
    if (gpuLayers >= layers) return none;
    if (ceiling > layers) return [layers, ...none];
    // If all of them do not fit or help, half of the rest is tried, until the steps are too small to matter.
    const step = Math.floor((ceiling - gpuLayers) / 2);
    return step >= Math.max(1, layers / 12) ? [gpuLayers + step, ...none] : none;
  },

  flashAttention: ({ flashAttention, kvCacheType }) =>
    flashAttention && isLossy(kvCacheType) ? [] : [!flashAttention],

  batchSize: ({ batchSize }, { contextSize }) =>
    nearest(
      batchSteps.filter((step) => step <= contextSize),
      batchSize,
    ).toReversed(),

  largePages: ({ largePages }, { machine: { hasLargePages } }) => (hasLargePages ? [!largePages] : []),

  memoryMapped: ({ memoryMapped }) => [!memoryMapped],

  // On the CPU they are slower (docs/decode-speed.md), so that they only save memory.
  kvCacheType: ({ kvCacheType, flashAttention, gpuLayers }, { allowLossy, machine: { hasGpu } }) =>
    allowLossy && hasGpu && gpuLayers > 0 && flashAttention && !isLossy(kvCacheType) ? ["q8_0"] : [],
};

/** Returns whether keys and values are kept with less precision than half floats. */
export const isLossy = (kvCacheType: SettingsInUse["kvCacheType"]): boolean => kvCacheType.startsWith("q");

/** Returns the step below the value and the one above. */
function nearest(steps: readonly number[], value: number): number[] {
  const below = steps.filter((step) => step < value);
  const above = steps.filter((step) => step > value);
  return [...(below.length > 0 ? [Math.max(...below)] : []), ...(above.length > 0 ? [Math.min(...above)] : [])];
}
