import type { BackendChoice, BackendComparison, BackendSpeed } from "../contract/backendSpeeds.ts";
import type { Backend } from "../contract/engine.ts";
import { backendNames } from "./backendNames.ts";
import { joinSentences } from "./joinSentences.ts";
import type { Texts } from "./texts.ts";

/** Returns the name of what models run on, to be chosen from a list. */
export const backendText = ({ say }: Pick<Texts, "say">, backend: Backend): string =>
  backend === "cpu" ? say("hardware:backends.processor") : backendNames[backend];

/** Returns the same within a sentence. */
const within = ({ say }: Pick<Texts, "say">, backend: Backend): string =>
  backend === "cpu" ? say("hardware:backends.onProcessor") : backendNames[backend];

/** Returns how fast the compared model writes with a backend, or why that is not known. */
export function backendSpeedText({ say, figures }: Pick<Texts, "say" | "figures">, backend: BackendSpeed): string {
  const { measured, speed } = backend;
  if (measured.code === "late") return say("hardware:backends.measured.late", measured.facts);
  if (measured.code === "stopped") return say("hardware:backends.measured.stopped");
  if (measured.code === "none" || speed === null) return say("hardware:backends.measured.none");
  const { value, high } = speed.generation;
  if (measured.code === "itself") return say("hardware:backends.measured.itself", { speed: figures.speed(value) });
  const shown = figures.aboutSpeed(measured.code === "slow" ? high : value);
  return say(`hardware:backends.measured.${measured.code}`, { speed: shown });
}

/** Returns what a model runs on, and why. */
export function backendChoiceText(texts: Pick<Texts, "say">, { backend, why }: BackendChoice, model: string): string {
  return texts.say(`hardware:backends.runs.${why}`, { backend: within(texts, backend), model });
}

/** More models than these are not named. */
const mostOthers = 3;

/** Returns what replies run on, and which models are exceptions. */
export function backendsText(texts: Texts, comparison: BackendComparison): string {
  const { say } = texts;
  const { choice, model, setting, backends, others } = comparison;
  const isMissing = setting !== null && !backends.some(({ backend }) => backend === setting);
  return joinSentences(texts, [
    isMissing ? say("hardware:backends.missing", { backend: backendText(texts, setting) }) : null,
    backendChoiceText(texts, choice, model),
    ...others
      .slice(0, mostOthers)
      .map(({ name, backend }) => say("hardware:backends.other", { name, backend: within(texts, backend) })),
  ]);
}
