import type { BenchmarkState } from "./benchmark.ts";
import type { Download } from "./downloads.ts";
import type { EngineState } from "./engine.ts";
import type { SpeedTrials } from "./fit.ts";
import type { LoadState } from "./models.ts";
import type { Notice } from "./notices.ts";
import type { Settings } from "./settings.ts";
import type { TuneState } from "./tune.ts";

/** What main tells every window. A `changed` event without data means: ask again. */
export interface Events {
  /** A chat, its messages or the list changed; null: the list as a whole. */
  "chats.changed": { chatId: string | null };
  "runs.started": { chatId: string; runId: string };
  "runs.ended": { chatId: string; runId: string };
  "models.changed": Record<string, never>;
  "models.loadedChanged": LoadState;
  /** The whole list, at most four times a second. */
  "downloads.changed": Download[];
  /** While it measures: at least once and at most ten times a second. */
  "benchmark.changed": BenchmarkState;
  /** A result was kept or removed. */
  "benchmark.historyChanged": Record<string, never>;
  /** At least once a second while it tries. */
  "tune.changed": TuneState;
  "engine.changed": EngineState;
  /** Afterwards predictions are others: ask again. */
  "fit.changed": SpeedTrials;
  "settings.changed": Settings;
  "notices.changed": Notice[];
}
export type EventName = keyof Events;

export type EventListener = <Name extends EventName>(name: Name, data: Events[Name]) => void;
