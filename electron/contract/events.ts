import type { ActionId } from "./actions.ts";
import type { ApiServerInfo } from "./apiServer.ts";
import type { BenchmarkState } from "./benchmark.ts";
import type { ChatLockInfo } from "./chatLock.ts";
import type { BegunRun, Chat, ChatSummary, Message, SavedDraft } from "./chats.ts";
import type { ChatFolders } from "./chatFolders.ts";
import type { ComparisonRun } from "./comparisons.ts";
import type { Component } from "./components.ts";
import type { DocumentFolder } from "./documentFolders.ts";
import type { DraftDocument } from "./documents.ts";
import type { Download } from "./downloads.ts";
import type { EarlierSummary } from "./earlierSummary.ts";
import type { EngineState } from "./engine.ts";
import type { SpeedTrials } from "./fit.ts";
import type { ExportState } from "./exports.ts";
import type { FolderState } from "./folder.ts";
import type { ImportState } from "./imports.ts";
import type { StartedServer } from "./llamaServer.ts";
import type { LoadState, ModelUsed, OpenedFiles } from "./models.ts";
import type { NetworkState } from "./network.ts";
import type { Notice } from "./notices.ts";
import type { Preset } from "./presets.ts";
import type { PreviewEntry, PreviewState } from "./preview.ts";
import type { ServerBenchmarkState } from "./serverBenchmark.ts";
import type { ServerList } from "./servers.ts";
import type { Settings } from "./settings.ts";
import type { TuneState } from "./tune.ts";
import type { UpdateState } from "./updates.ts";
import type { VoteRun } from "./votes.ts";

/** Chats that were created or changed, as the list shows them, and the ids of those that were removed. */
export interface ChatNews {
  /** Increases by one with each event. If a number is missing, an event was lost and the chats must be read again. */
  sequence: number;
  chats: ChatSummary[];
  removed: string[];
}

/**
 * Events that main sends to every window, except for `shell.*` and `preview.*`, which one window gets. A `changed`
 * event without data means that the data must be requested again.
 */
export interface Events {
  "chats.changed": ChatNews;
  /** Folders were made, renamed or deleted, or the number of archived chats has changed. */
  "chats.foldersChanged": ChatFolders;
  /** A chat whose settings have changed, or which is shown as usual again. */
  "chats.configured": Chat;
  /** A draft was saved or sent: what there is of it now. */
  "chats.draftChanged": { chatId: string } & SavedDraft;
  /** The documents of a draft; null stands for the chat that the next message starts. */
  "documents.changed": { chatId: string | null; documents: DraftDocument[] };
  /** All folders of documents; while one is read, at most four times a second. */
  "documents.foldersChanged": DocumentFolder[];
  /** Another branch of a chat is shown, or messages of it are gone or back: they must be read again. */
  "chats.branchChanged": { chatId: string };
  /** The chats were locked or unlocked, or are being encrypted or decrypted. */
  "chatLock.changed": ChatLockInfo;
  /** The presets of the user, as they are now. */
  "presets.changed": Preset[];
  /** A backup was made, or some were deleted. */
  "backups.changed": Record<string, never>;
  "runs.started": { chatId: string } & BegunRun;
  /** The reply as stored. Sent again if it could be stored only later. */
  "runs.ended": { chatId: string; runId: string; message: Message };
  /** A question is being asked several times: an answer has ended, or all of them. */
  "votes.changed": VoteRun;
  /** Models are being compared: one of them was asked, or all have answered. */
  "comparisons.changed": ComparisonRun;
  /** The part of a chat that is being summarized, counted from 1. */
  "chats.summarizing": { chatId: string; part: number; parts: number };
  /** What prompts have in place of a message and those above it was written, changed, or with null, removed. */
  "chats.summarized": { chatId: string; messageId: string; summary: EarlierSummary | null };
  "models.changed": Record<string, never>;
  /** Sent when a reply ends. Nothing else about the model has changed. */
  "models.used": ModelUsed;
  "models.loadedChanged": LoadState;
  /** A server was added, changed, tested or removed. The list of models has changed with it. */
  "servers.changed": ServerList;
  /** Files were opened with the app, read or closed. */
  "models.openedChanged": OpenedFiles;
  /** While the models are being moved, at most four times a second. */
  "folder.changed": FolderState;
  /** While writing, at most ten times a second. */
  "exports.changed": ExportState;
  /** While reading or importing, at most ten times a second. */
  "imports.changed": ImportState;
  /** The complete list, at most four times a second. */
  "downloads.changed": Download[];
  /** A component was installed or removed. */
  "components.changed": Component[];
  /** While measuring, sent at least once and at most ten times a second. */
  "benchmark.changed": BenchmarkState;
  /** A result was stored or removed. */
  "benchmark.historyChanged": Record<string, never>;
  /** When a request begins, and when one has been measured. */
  "serverBenchmark.changed": ServerBenchmarkState;
  "serverBenchmark.historyChanged": Record<string, never>;
  /** While trying settings, sent at least once a second. */
  "tune.changed": TuneState;
  "engine.changed": EngineState;
  /** The llama-server that the app runs has started, become ready, uses another amount of memory, or has ended. */
  "llamaServer.changed": StartedServer;
  /** Predictions have changed and must be requested again. */
  "fit.changed": SpeedTrials;
  /** Offline was turned on or off. */
  "network.changed": NetworkState;
  /** At least one connection was recorded, or all were deleted. */
  "network.connectionsChanged": Record<string, never>;
  /** Its state or its settings have changed. */
  "apiServer.changed": ApiServerInfo;
  /**
   * Its requests, refusals or connections have changed: see `apiServer.info`. `running`: the number of requests that are
   * being answered. At most four times a second.
   */
  "apiServer.worked": { running: number };
  /** While downloading, at most four times a second. */
  "updates.changed": UpdateState;
  "settings.changed": Settings;
  "notices.changed": Notice[];
  /** The window's page is another, or in another state. */
  "preview.changed": PreviewState;
  /** New lines of its console, at most four times a second. `dropped`: how many more there were than it may write. */
  "preview.logged": { entries: PreviewEntry[]; dropped: number };
  /** An action was chosen in the menu, or in the window of a single chat. */
  "shell.action": { action: ActionId; setting?: string | undefined };
  /** The user clicked a notification about this chat. */
  "shell.showChat": { chatId: string };
  /** The window is about to close: what was typed must be saved, and then `shell.left` called. */
  "shell.leaving": Record<string, never>;
}
export type EventName = keyof Events;

export type EventListener = <Name extends EventName>(name: Name, data: Events[Name]) => void;
