import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { CallInput, CallName, CallResult } from "../../../electron/contract/calls.ts";
import type { BegunRun, Chat, ChatPage, ChatSummary, Message, ReplyStats } from "../../../electron/contract/chats.ts";
import { type Outcome, toProblem } from "../../../electron/contract/errors.ts";
import type { EventName, Events } from "../../../electron/contract/events.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import type { LiveReply, RunFrame } from "../../../electron/contract/runs.ts";

type Answers = { [Name in CallName]?: (input: CallInput<Name>) => CallResult<Name> | Promise<CallResult<Name>> };

/**
 * A stand-in for `window.r1` with the test's responses, which records every call. `tellsItself`: whether it also emits
 * the events that main emits about these calls.
 */
export function fakeBridge(given: Answers = {}, { tellsItself = true } = {}) {
  const calls: { name: CallName; input: unknown }[] = [];
  const listeners = new Set<(name: never, data: never) => void>();
  const runs = new Map<string, Set<(frame: RunFrame) => void>>();
  const answers: Answers = {
    "documents.folders": () => [],
    "chats.list": () => page([]),
    "chats.folders": () => ({ folders: [], archived: 0 }),
    "chats.search": () => ({ hits: [], next: null, total: null }),
    "chats.saveDraft": ({ draft, pasted }) => ({ draft, ...(pasted && { pasted }) }),
    "chats.newDraft": () => ({ draft: "", pasted: [], beginning: null }),
    "chats.saveBeginning": () => null,
    "documents.draft": () => [],
    "components.list": () => [],
    "exports.state": () => ({ state: "none" }),
    "imports.state": () => ({ state: "none" }),
    "chatLock.state": () => ({ state: "off", hasKeychain: false }),
    "backups.list": () => ({ backups: [], goneBy: null }),
    "presets.list": () => [],
    "notices.list": () => [],
    "network.state": () => ({ isOffline: false, isForced: false }),
    "apiServer.info": () => apiServer,
    "updates.state": () => ({ source: null, install: "development", checkedAt: null, status: { state: "idle" } }),
    "models.list": () => [nano],
    "models.loaded": () => ({ state: "none" }),
    "models.opened": () => ({ files: [], isCut: false }),
    "models.foreign": () => [],
    "models.disk": () => ({ folder: "/home/reader/r1/models", freeBytes: 60e9, totalBytes: 250e9 }),
    "folder.state": () => ({
      path: "/home/reader/r1/models",
      isInHome: true,
      isMissing: false,
      move: { state: "none" },
    }),
    "downloads.list": () => [],
    "catalog.get": () => ({ models: [], recommended: null, memoryBytes: 16e9, usableBytes: 14e9 }),
    "hub.access": () => ({
      endpoint: "https://hub.example",
      endpointFrom: "settings",
      tokenFrom: "none",
      canKeepToken: true,
    }),
    "benchmark.state": () => ({ state: "none" }),
    "benchmark.history": () => ({ machineId: "m1", results: [], changes: [] }),
    "benchmark.recheck": () => ({ lastResultId: null, changes: [], start: null, verdict: null }),
    "serverBenchmark.state": () => ({ state: "none" }),
    "serverBenchmark.history": () => ({ results: [], changes: [] }),
    "engine.state": () => ({ state: "starting" }),
    "fit.trials": () => ({ state: "none" }),
    "llamaServer.state": () => ({
      program: null,
      setup: { modelId: null, contextSize: 16_384, workers: [] },
      plan: null,
      server: { state: "off" },
    }),
    "servers.list": () => ({ servers: [], canKeepKey: true }),
    "settings.get": () => settings,
    "shell.info": () => ({
      version: "0.1.0",
      electronVersion: "45.0.0",
      chromiumVersion: "150",
      nodeVersion: "22",
      platform: "linux x64",
      home: "/home/reader/r1",
      systemLanguage: "en",
    }),
    ...given,
  };
  /** As main does, before it answers. */
  const tellWindows = (name: CallName, input: unknown, value: unknown): void => {
    if (/^chats\.(?:configure|dropOldest|showAsUsual)$/.test(name) && value !== null) {
      emit("chats.configured", value as Chat);
    }
    if (name === "chats.send") {
      emit("chats.draftChanged", { chatId: (input as CallInput<"chats.send">).chatId, draft: "", pasted: [] });
    }
  };
  const emit = <Name extends EventName>(name: Name, data: Events[Name]): void => {
    for (const listener of listeners) listener(name as never, data as never);
  };
  /** Files dropped on the page: those that were passed on, and what main does with each name. */
  const importing = { asked: [] as string[], answer: (_name: string): void => undefined };
  /** Files that were attached, with the chat of the draft. */
  const attached: { names: string[]; chatId: string | null }[] = [];
  const bridge: Bridge = {
    call: async <Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Outcome<CallResult<Name>>> => {
      calls.push({ name, input });
      const answer = answers[name] as
        | ((input: CallInput<Name>) => CallResult<Name> | Promise<CallResult<Name>>)
        | undefined;
      try {
        const value = await (answer ? answer(input) : (null as CallResult<Name>));
        if (tellsItself) tellWindows(name, input, value);
        return { ok: true, value };
      } catch (error) {
        return { ok: false, error: toProblem(error) };
      }
    },
    onEvent: (listener) => {
      listeners.add(listener as (name: never, data: never) => void);
      return () => listeners.delete(listener as (name: never, data: never) => void);
    },
    attachRun: (runId, listener) => {
      const attached = runs.get(runId) ?? new Set();
      runs.set(runId, attached.add(listener));
      return () => attached.delete(listener);
    },
    importFile: async (file) => {
      const { name } = file as File;
      importing.asked.push(name);
      try {
        importing.answer(name);
        return { ok: true, value: null };
      } catch (error) {
        return { ok: false, error: toProblem(error) };
      }
    },
    attachFiles: async (files, chatId) => {
      attached.push({ names: files.map((file) => (file as File).name), chatId });
      return { ok: true, value: null };
    },
  };
  return {
    bridge,
    calls,
    answers,
    importing,
    attached,
    named: (name: CallName) => calls.filter((call) => call.name === name).map(({ input }) => input),
    emit,
    send: (runId: string, frame: RunFrame) => {
      for (const listener of runs.get(runId) ?? []) listener(frame);
    },
    followers: (runId: string) => runs.get(runId)?.size ?? 0,
  };
}

export const settings: Settings = {
  language: "system",
  theme: "system",
  textSize: "standard",
  readingWidth: "standard",
  density: "comfortable",
  startWith: "lastChat",
  longChats: "ask",
  lockAfterMinutes: 15,
  lockOnSleep: true,
  notifyReplies: true,
  showReplyInNotification: false,
  defaultModelId: null,
  defaultThinking: "on",
  contextSize: null,
  linkedModels: [],
  adoptedModels: [],
  offline: false,
  checkUpdates: false,
  hubEndpoint: null,
  agreedHubOrigins: [],
  downloadBytesPerSecond: null,
  idleUnloadMinutes: 30,
  readAheadCharge: 30,
  improveTitles: true,
  keptStateBytes: 2_000_000_000,
  estimateSpeed: true,
  backend: null,
  acceptedLicences: [],
};

/** This computer as a server, which is off. */
export const apiServer: ApiServerInfo = {
  state: { state: "off" },
  settings: {
    startsWithApp: false,
    port: 8321,
    isOpenToNetwork: false,
    allowedOrigins: [],
    keepsContents: false,
  },
  keyMadeAt: null,
  requests: [],
  refusals: [],
  connections: 0,
};

export const nano: FileModel = {
  id: "r1-nano",
  name: "R1 Nano",
  source: { kind: "file", path: "/app/r1-nano.gguf" },
  sizeBytes: 3_400_000,
  quantization: "F16",
  architecture: "qwen2",
  family: "r1",
  parameters: 1_600_000,
  contextLength: 2048,
  licence: "mit",
  builtIn: true,
  owner: "app",
  lastUsedAt: null,
  measuredTokensPerSecond: null,
  verified: null,
  problems: [],
};

export function chat(id: string, more: Partial<Chat> = {}): Chat {
  return {
    id,
    title: `Title of ${id}`,
    createdAt: 1,
    updatedAt: Date.now(),
    pinned: false,
    folderId: null,
    archived: false,
    runId: null,
    draft: "",
    pasted: [],
    thinking: "on",
    systemPrompt: "",
    replySettings: defaultReplySettings,
    modelId: null,
    problem: null,
    place: null,
    promptFrom: null,
    searchesFolder: true,
    edit: null,
    isPlain: false,
    ...more,
  };
}

/** A list of chats that fits on one page. */
export const page = (chats: ChatSummary[], sequence = 0): ChatPage => ({ chats, next: null, sequence });

/** The cursors of a conversation that was read completely. */
export const whole = { earlier: null, later: null } as const;

/** A reply that starts, to a question without a parent unless one is given. */
export const begun = (runId: string, questionId: string, parentId: string | null = null): BegunRun => ({
  runId,
  messages: [message(questionId, { parentId }), reply(runId, { parentId: questionId, state: "streaming", text: "" })],
});

export const summary = (id: string, more: Partial<ChatSummary> = {}): ChatSummary => chat(id, more);

export function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    chatId: "c1",
    parentId: null,
    role: "user",
    createdAt: 1,
    text: `Text of ${id}`,
    thought: null,
    state: "done",
    model: null,
    stats: null,
    problem: null,
    version: { index: 1, count: 1, ids: [id] },
    ...more,
  };
}

export const reply = (id: string, more: Partial<Message> = {}): Message =>
  message(id, { role: "assistant", model: { id: "r1-nano", name: "R1 Nano" }, ...more });

export const stats: ReplyStats = {
  promptTokens: 1204,
  cachedTokens: 1100,
  thoughtTokens: 128,
  answerTokens: 34,
  ttftMs: 310,
  thoughtMs: 4200,
  thoughtCut: null,
  prefillTokensPerSecond: 310,
  tokensPerSecond: 23.4,
  stopReason: "end",
  speedSamples: [10, 20, 30],
};

export const live: LiveReply = {
  thoughtTokens: 301,
  answerTokens: 0,
  thoughtMs: 12_800,
  thoughtCut: null,
  prefillTokensPerSecond: 310,
  tokensPerSecond: 22,
  tokensPerSecondNow: 24.1,
  speedSamples: [10, 20],
  promptTokens: 40,
  cachedTokens: 0,
  ttftMs: 310,
  elapsedMs: 13_600,
  memory: { residentBytes: 1.9e9, gpuBytes: null },
  isRepeating: false,
};
