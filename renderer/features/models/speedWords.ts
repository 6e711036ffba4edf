import type { SpeedPrediction, SpeedTrials } from "../../../electron/contract/fit.ts";
import { reasonText } from "../../../electron/texts/reasonText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { MeasuredSpeed } from "./measuredSpeed.ts";

/** What is known about a model's speed here. */
export interface KnownSpeed {
  /** Null: not used here yet. */
  measured: MeasuredSpeed | null;
  predicted: SpeedPrediction | null;
  /** Bytes of memory that are missing. Null if it fits. */
  missingBytes: number | null;
  trials: SpeedTrials | null;
}

export interface SpeedWords {
  /** A figure, or a dash that the note explains. */
  figure: string;
  note: string;
  /** The note where there is little room. */
  shortNote: string;
  tip: string;
  /** How far the estimate is, while it is being made. */
  fraction: number | null;
}

/** Returns a model's speed in words: measured, else predicted with its range, else why there is none. */
export function speedWords(texts: Texts, known: KnownSpeed): SpeedWords {
  const { say, figures } = texts;
  const { measured, predicted, missingBytes, trials } = known;
  const dash = (note: string, tip: string): SpeedWords => ({ figure: "–", note, shortNote: note, tip, fraction: null });
  if (measured !== null) {
    const day = measured.at === null ? null : figures.dayShort(measured.at);
    return {
      figure: figures.speed(measured.tokensPerSecond),
      note: day === null ? say("models:speed.measured") : say("models:speed.measuredOn", { day }),
      shortNote: day ?? say("models:speed.measured"),
      tip: say(measured.by === "replies" ? "models:speed.measuredHint" : "models:speed.benchmarkedHint"),
      fraction: null,
    };
  }
  if (missingBytes !== null) {
    const short = say("models:memory.short", { missing: figures.bytesAbout(missingBytes) });
    return dash(short, short);
  }
  if (predicted !== null) {
    const { generation, reading } = predicted;
    const low = figures.aboutSpeedFigure(generation.low);
    const range = say("models:speed.range", { low, high: figures.aboutSpeedFigure(generation.high) });
    const inFull = say("models:speed.range", { low, high: figures.aboutSpeed(generation.high) });
    return {
      figure: say("models:speed.about", { speed: figures.aboutSpeed(generation.value) }),
      note: range,
      shortNote: range,
      tip: say("models:speed.predictedHint", { range: inFull, reading: Math.round(reading.value) }),
      fraction: null,
    };
  }
  if (trials?.state === "measuring") {
    const { secondsLeft, fraction } = trials;
    const note = say("models:speed.estimating", { seconds: secondsLeft });
    const tip = say("models:speed.estimatingLeft", { seconds: secondsLeft });
    return { figure: "", note, shortNote: note, tip, fraction };
  }
  if (trials?.state === "ready") return dash(say("models:speed.unpredictable"), say("models:speed.unpredictableHint"));
  const waits = trials?.waits;
  if (waits === undefined) return dash(say("models:speed.notYet"), say("models:speed.notYetHint"));
  return dash(
    reasonText(texts, `models:speed.waits.${waits.code}`, waits.facts),
    reasonText(texts, `models:speed.waitHints.${waits.code}`, waits.facts),
  );
}
