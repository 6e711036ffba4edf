import type { BackendChoice } from "../../contract/backendSpeeds.ts";
import type { Backend } from "../../contract/engine.ts";
import type { SpeedPrediction } from "../../contract/fit.ts";

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
  /** The backend that holds the model now. Null if it is not loaded. */
  held: Backend | null;
}

/** A loaded model is loaded again only for a backend that is faster by this share. */
const worthLoading = 0.1;
/** R1 reads a question and an earlier answer, and writes a thought and an answer. */
const r1Case = { read: 1280, written: 3072 };

/** Returns the seconds that a typical reply of R1 takes at these speeds. */
export const replySeconds = ({ reading, generation }: SpeedPrediction): number =>
  r1Case.read / reading.value + r1Case.written / generation.value;

/**
 * Returns the backend for a model. What the user chose comes first, then the fastest as far as all were measured. Until
 * then it is the graphics card, unless software stands in for it.
 */
export function chooseBackend({ candidates, setting, gpuLayers, held }: BackendQuestion): BackendChoice {
  const cards = candidates.filter(({ backend }) => backend !== "cpu");
  if (cards.length === 0) return { backend: "cpu", why: "only" };
  if (setting !== null && candidates.some(({ backend }) => backend === setting)) {
    return { backend: setting, why: "chosen" };
  }
  if (gpuLayers === 0) return { backend: "cpu", why: "layers" };
  const trusted = cards.filter(({ failed, software, seconds }) => !failed && !(software && seconds === null));
  const rivals = gpuLayers === null ? candidates.filter(({ backend }) => backend === "cpu").concat(trusted) : trusted;
  const unmeasured = trusted.find(({ seconds }) => seconds === null);
  const why = gpuLayers === null ? null : "layers";
  if (trusted.length === 0) {
    const [card] = cards;
    if (why !== null && card !== undefined) return { backend: card.backend, why };
    return { backend: "cpu", why: cards.some(({ failed }) => failed) ? "failed" : "software" };
  }
  if (unmeasured !== undefined) return { backend: unmeasured.backend, why: why ?? "unmeasured" };
  return { backend: fastest(rivals, held), why: why ?? "faster" };
}

function fastest(rivals: readonly BackendCandidate[], held: Backend | null): Backend {
  const time = ({ seconds }: BackendCandidate): number => seconds ?? Number.POSITIVE_INFINITY;
  const [best] = rivals.toSorted((one, other) => time(one) - time(other));
  const loaded = rivals.find(({ backend }) => backend === held);
  if (best === undefined) return "cpu";
  return loaded !== undefined && time(loaded) <= time(best) * (1 + worthLoading) ? loaded.backend : best.backend;
}
