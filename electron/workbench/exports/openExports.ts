import { basename } from "node:path";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Preset } from "../../contract/presets.ts";
import type { ExportRequest, exportsCalls, ExportState } from "../../contract/exports.ts";
import type { RunningCapability } from "../Capability.ts";
import type { StoreClient, StoreClientOptions } from "../chats/StoreClient.ts";
import { usualFileMode } from "../home/privateModes.ts";
import { startOnStore } from "../sqlite/startOnStore.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { ExportNews, ExportOperations, WrittenExport } from "./exportOperations.ts";
import type { ExportWords } from "../../contract/exportWords.ts";

export interface OpenExportsOptions {
  home: string;
  /** The built worker file. */
  exportWorker: string;
  appVersion: string;
  store: Pick<StoreClient, "request">;
  /** Resolves with the user's own prompt presets. */
  presets: () => Promise<Preset[]>;
  /** See `StoreClient`. */
  encryption?: StoreClientOptions["encryption"];
  onEvent: EventListener;
}

/** How a chat gets into a file another way than by the worker. Resolves with null if it was cancelled. */
export type WriteOtherwise = (
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
) => Promise<WrittenExport | null>;

export interface Exports {
  /**
   * Writes chats to a file that the user chose, and resolves once it ended, however it ended. A PDF is written by
   * `otherwise`. Rejects with `export-running`.
   */
  start(request: ExportRequest, path: string, words: ExportWords, otherwise?: WriteOtherwise): Promise<ExportState>;
  /** The file of the last export that succeeded, or null. */
  readonly path: string | null;
  readonly isWriting: boolean;
  /** Cancels what is being written, and ends the thread that has the chats open, until it is needed again. */
  stop(): Promise<void>;
}

/** Opens the exports. One runs at a time. */
export function openExports(options: OpenExportsOptions): RunningCapability<typeof exportsCalls, Exports> {
  const { home, exportWorker, appVersion, store, encryption = () => null, presets, onEvent } = options;
  let state: ExportState = { state: "none" };
  let path: string | null = null;
  let cancelling: AbortController | null = null;
  const set = (next: ExportState): ExportState => {
    state = next;
    onEvent("exports.changed", next);
    return next;
  };
  const onProgress = (done: number, total: number): void => {
    if (state.state === "writing") set({ ...state, done, total });
  };
  const worker = new WorkerClient<ExportOperations, ExportNews>({
    path: exportWorker,
    start: () => startOnStore(home, encryption()),
    answers: { progress: ({ done, total }) => onProgress(done, total) },
    ended: (cause) => new WorkbenchError("internal", undefined, cause),
    closed: () => new WorkbenchError("internal", undefined, "The app is closing."),
  });

  const start: Exports["start"] = async (request, target, words, otherwise) => {
    if (state.state === "writing") throw new WorkbenchError("export-running");
    const { format } = request;
    set({ state: "writing", format, done: 0, total: request.chatIds?.length ?? 0 });
    const { signal } = (cancelling = new AbortController());
    signal.addEventListener("abort", () => void worker.request("cancel", {}).catch(() => undefined));
    try {
      // Creates the store, or brings it to the newest schema, if nothing has used it yet.
      await store.request("openStore", {});
      const own = request.chatIds === null && format === "json" ? await presets() : [];
      const key = encryption()?.key ?? null;
      const order = { ...request, home, key, path: target, appVersion, presets: own, words, mode: usualFileMode() };
      const written =
        otherwise === undefined ? await worker.request("write", order) : await otherwise(signal, onProgress);
      if (written === null) return set({ state: "none" });
      path = target;
      return set({ state: "written", result: { format, fileName: basename(target), ...written } });
    } catch (error) {
      if (signal.aborted) return set({ state: "none" });
      return set({ state: "failed", problem: toProblem(error) });
    } finally {
      cancelling = null;
    }
  };

  return {
    api: {
      start,
      get path() {
        return path;
      },
      get isWriting() {
        return state.state === "writing";
      },
      async stop() {
        cancelling?.abort();
        await worker.stop();
      },
    },
    handlers: {
      "exports.state": () => state,
      "exports.cancel": () => {
        cancelling?.abort();
        return null;
      },
      "exports.close": () => {
        if (state.state !== "writing") set({ state: "none" });
        return null;
      },
    },
    close: async () => {
      cancelling?.abort();
      await worker.close();
    },
  };
}
