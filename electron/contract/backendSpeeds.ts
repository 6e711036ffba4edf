import type { Backend } from "./engine.ts";
import type { SpeedPrediction } from "./fit.ts";

/** How the speed of a model on a backend is known. */
export type BackendMeasurement =
  /**
   * `trials`: predicted from small generated models. `itself`: the model has been measured on it. `slow`: the trials
   * were not completed in time, and the speed is below the upper end of the range. `stopped`: its engine stopped
   * working during the trials. `none`: not measured yet.
   */
  | { code: "trials" | "itself" | "slow" | "stopped" | "none"; facts?: undefined }
  /** No trial was completed within this time. */
  | { code: "late"; facts: { seconds: number } };

/** A backend that can be used on this machine, and how fast a model would be with it. */
export interface BackendSpeed {
  backend: Backend;
  /** Empty for the processor. */
  devices: string[];
  /** Whether its only devices are programs that compute on the processor. */
  software: boolean;
  measured: BackendMeasurement;
  /** Null if it is not known. */
  speed: SpeedPrediction | null;
}

/**
 * Why a model runs with a backend:
 * - `only`: there is no other.
 * - `chosen`: the user chose it in the settings.
 * - `layers`: the user chose the number of the model's layers on the graphics card.
 * - `small`: the model is so small that any other would only delay it.
 * - `faster`: the others were measured and are slower.
 * - `unmeasured`: nothing was measured yet, and there is a graphics card.
 * - `software`: the only other one computes on the processor too, and was not measured yet.
 * - `failed`: the other ones stopped working while they were measured, or were too slow to be.
 */
export const backendReasons = [
  "only",
  "chosen",
  "layers",
  "small",
  "faster",
  "unmeasured",
  "software",
  "failed",
] as const;

export interface BackendChoice {
  backend: Backend;
  why: (typeof backendReasons)[number];
}

/** The backends of this machine, compared by a model. */
export interface BackendComparison {
  /** The model that new chats use, or else one of the catalogue. */
  model: string;
  /** Null: automatic. */
  setting: Backend | null;
  /** The processor comes first. */
  backends: BackendSpeed[];
  choice: BackendChoice;
  /** Models in the library that run with another backend. */
  others: { name: string; backend: Backend }[];
}
