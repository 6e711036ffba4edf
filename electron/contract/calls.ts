import type { z } from "zod";
import { apiServerCalls } from "./apiServer.ts";
import { backupsCalls } from "./backups.ts";
import { benchmarkCalls } from "./benchmark.ts";
import type { Call } from "./call.ts";
import { catalogCalls } from "./catalog.ts";
import { chatLockCalls } from "./chatLock.ts";
import { chatsCalls } from "./chats.ts";
import { comparisonsCalls } from "./comparisons.ts";
import { componentsCalls } from "./components.ts";
import { diagramCalls } from "./diagrams.ts";
import { diskCalls } from "./disk.ts";
import { documentsCalls } from "./documents.ts";
import { downloadsCalls } from "./downloads.ts";
import { engineCalls } from "./engine.ts";
import { exportsCalls } from "./exports.ts";
import { fitCalls } from "./fit.ts";
import { folderCalls } from "./folder.ts";
import { hardwareCalls } from "./hardware.ts";
import { hubCalls } from "./hub.ts";
import { importsCalls } from "./imports.ts";
import { llamaServerCalls } from "./llamaServer.ts";
import { modelsCalls } from "./models.ts";
import { networkCalls } from "./network.ts";
import { noticesCalls } from "./notices.ts";
import { presetsCalls } from "./presets.ts";
import { previewCalls } from "./preview.ts";
import { runsCalls } from "./runs.ts";
import { serverBenchmarkCalls } from "./serverBenchmark.ts";
import { serversCalls, serversCallsOfPage } from "./servers.ts";
import { settingsCalls } from "./settings.ts";
import { shellCalls } from "./shell.ts";
import { tuneCalls } from "./tune.ts";
import { updatesCalls } from "./updates.ts";
import { votesCalls } from "./votes.ts";

/** Calls that the workbench handles, in the app, on the terminal and in tests. */
export const workbenchCalls = {
  ...chatsCalls,
  ...chatLockCalls,
  ...documentsCalls,
  ...presetsCalls,
  ...exportsCalls,
  ...importsCalls,
  ...backupsCalls,
  ...runsCalls,
  ...votesCalls,
  ...comparisonsCalls,
  ...modelsCalls,
  ...folderCalls,
  ...catalogCalls,
  ...hubCalls,
  ...serversCalls,
  ...llamaServerCalls,
  ...networkCalls,
  ...diskCalls,
  ...downloadsCalls,
  ...componentsCalls,
  ...engineCalls,
  ...hardwareCalls,
  ...benchmarkCalls,
  ...serverBenchmarkCalls,
  ...tuneCalls,
  ...fitCalls,
  ...settingsCalls,
  ...updatesCalls,
  ...noticesCalls,
};

/** Calls that only Electron main handles: they need a window, or what serves the workbench to others. */
export const windowCalls = { ...shellCalls, ...previewCalls, ...diagramCalls, ...apiServerCalls };

/** The workbench's calls that a window may make. What only the terminal may say is not in their schemas. */
export const pageCalls = { ...workbenchCalls, ...serversCallsOfPage };

/** Every call a window may make. */
export const calls = { ...pageCalls, ...windowCalls };

/** Calls by their names. */
export type Registry = Record<string, Call<z.ZodType, unknown>>;
type ResultOf<C> = C extends Call<z.ZodType, infer Result> ? Result : never;

export type CallName = keyof typeof calls;
type AnyCalls = typeof workbenchCalls & typeof windowCalls;
/** What a caller passes: fields with defaults may be left out. */
export type CallInput<Name extends keyof AnyCalls> = z.input<AnyCalls[Name]["input"]>;
/** What a handler receives, after parsing. */
export type CallParams<Name extends keyof AnyCalls> = z.output<AnyCalls[Name]["input"]>;
export type CallResult<Name extends keyof AnyCalls> = ResultOf<AnyCalls[Name]>;

/** One handler per call. A missing or extra handler does not compile. */
export type Handlers<R extends Registry> = {
  [Name in keyof R]: (params: z.output<R[Name]["input"]>) => Promise<ResultOf<R[Name]>> | ResultOf<R[Name]>;
};

/** Makes a call for the stores and the terminal. Resolves with the result or rejects with a `WorkbenchError`. */
export type CallFunction = <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallResult<Name>>;
