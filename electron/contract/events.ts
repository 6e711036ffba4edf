import type { BenchmarkState } from "./benchmark.ts";
import type { BegunRun, ChatSummary, Message } from "./chats.ts";
import type { Download } from "./downloads.ts";
import type { EngineState } from "./engine.ts";
import type { SpeedTrials } from "./fit.ts";
import type { LoadState, ModelUsed } from "./models.ts";
import type { Notice } from "./notices.ts";
import type { Settings } from "./settings.ts";
import type { TuneState } from "./tune.ts";

/** Chats that are new or have changed, as the list shows them, and the ids of those that are gone. */
export interface ChatNews {
  /** One more than that of the news before. Where a number is missing, more has changed: read the chats again. */
  sequence: number;
  chats: ChatSummary[];
  removed: string[];
}

/** What main tells every window. A `changed` event without data means: ask again. */
export interface Events {
  "chats.changed": ChatNews;
  "runs.started": { chatId: string } & BegunRun;
  /** The reply as it is kept. Told again if it could be stored only later. */
  "runs.ended": { chatId: string; runId: string; message: Message };
  "models.changed": Record<string, never>;
  /** A reply came to an end: nothing else of the model has changed. */
  "models.used": ModelUsed;
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
