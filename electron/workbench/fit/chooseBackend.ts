import type { BackendChoice } from "../../contract/backendSpeeds.ts";
import type { Backend } from "../../contract/engine.ts";
import type { SpeedPrediction } from "../../contract/fit.ts";
import { r1CaseSeconds } from "../../contract/r1Case.ts";

export interface BackendCandidate {
  backend: Backend;
  /** Whether it computes on the processor in place of a graphics card. */
  software: boolean;
  /** Whether it stopped working, or finished nothing, while it was measured. */
  failed: boolean;
  /** How long a typical reply takes with it. Null if not measured. */
  seconds: number | null;
}

export interface BackendQuestion {
  /** The backends that can be used, in order of preference. The CPU is always among them. */
  candidates: readonly BackendCandidate[];
  /** The user's choice for this machine. Null: automatic. */
  setting: Backend | null;
  /** The user's choice for the model. Null: as many as fit. */
  gpuLayers: number | null;
  /** Whether any other backend than the processor would only delay the model. See `isSmall`. */
  small: boolean;
  /** The backend that holds the model now. Null if it is not loaded. */
  held: Backend | null;
}

/** A loaded model is loaded again only for a backend that is faster by this share. */
const worthLoading = 0.1;

/** Returns the seconds that a typical reply of R1 takes at these speeds. */
export const replySeconds = ({ reading, generation }: SpeedPrediction): number =>
  r1CaseSeconds(reading.value, generation.value);

/**
 * Returns the backend for a model. What the user chose comes first. Otherwise a small model runs on the processor, and
 * any other with the fastest as far as all were measured; until then that is the graphics card, unless software stands
 * in for it.
 */
export function chooseBackend({ candidates, setting, gpuLayers, small, held }: BackendQuestion): BackendChoice {
  const cards = candidates.filter(({ backend }) => backend !== "cpu");
  const [first] = cards;
  if (first === undefined) return { backend: "cpu", why: "only" };
  if (setting !== null && candidates.some(({ backend }) => backend === setting)) {
    return { backend: setting, why: "chosen" };
  }
  const trusted = cards.filter(({ failed, software, seconds }) => !failed && !(software && seconds === null));
  const unmeasured = trusted.find(({ seconds }) => seconds === null);
  if (gpuLayers !== null) {
    // Layers on a card need one, even if none is trusted.
    const card = unmeasured?.backend ?? fastest(trusted, held) ?? first.backend;
    return { backend: gpuLayers === 0 ? "cpu" : card, why: "layers" };
  }
  if (small) return { backend: "cpu", why: "small" };
  if (trusted.length === 0) return { backend: "cpu", why: cards.some(({ failed }) => failed) ? "failed" : "software" };
  if (unmeasured !== undefined) return { backend: unmeasured.backend, why: "unmeasured" };
  const processor = candidates.filter(({ backend }) => backend === "cpu");
  return { backend: fastest([...processor, ...trusted], held) ?? "cpu", why: "faster" };
}

/** Returns the backend that takes the least time, or null if there are none. */
function fastest(rivals: readonly BackendCandidate[], held: Backend | null): Backend | null {
  const time = ({ seconds }: BackendCandidate): number => seconds ?? Number.POSITIVE_INFINITY;
  const [best] = rivals.toSorted((one, other) => time(one) - time(other));
  const loaded = rivals.find(({ backend }) => backend === held);
  if (best === undefined) return null;
  return loaded !== undefined && time(loaded) <= time(best) * (1 + worthLoading) ? loaded.backend : best.backend;
}
