import type { GenerateEvent, GenerateParams, PromptParams } from "../../../electron/contract/engineProtocol.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { FileModel, Model } from "../../../electron/contract/models.ts";
import { KeptStates } from "../../../electron/workbench/engines/KeptStates.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { type Engines, type EnginesOptions, openEngines } from "../../../electron/workbench/engines/openEngines.ts";
import type { Session, SessionReply, WrittenReply } from "../../../electron/workbench/engines/Session.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { HandledEngine } from "./HandledEngine.ts";
import { factsOf } from "./listedModel.ts";

/** A reply that the test is to write. */
export interface Generation {
  chat: string | null;
  seed: number | null;
  emit: (event: GenerateEvent) => void;
  finish: (stats: ReplyStats) => void;
  die: (error: Error) => void;
  signal: AbortSignal;
}

export interface ReplyEngines {
  engines: Engines;
  /** Resolves with the next requested reply. */
  next: () => Promise<Generation>;
}

/** Opens the engines with an engine that the test controls, and defaults for the rest. */
export async function openHandledEngines(
  home: string,
  options: Partial<EnginesOptions> = {},
  engine = new HandledEngine(),
) {
  const settings = await openSettingsStore({ home });
  const opened = openEngines({
    openEngine: (onState) => {
      engine.onState = onState;
      return engine;
    },
    library: { facts: (model) => Promise.resolve(factsOf(model as FileModel)) },
    choices: createChoicesStore(home),
    settings,
    use: createModelUse(home),
    kept: new KeptStates({ home, limitBytes: () => 2e9 }),
    checkAgain: () => Promise.resolve(null),
    onEvent: () => undefined,
    cores: () => Promise.resolve(2),
    measureMemory: () => Promise.resolve({ totalBytes: 16e9, freeBytes: 8e9 }),
    ...options,
  });
  return { ...opened, engine, settings };
}

/** Replies come from the engine process's client, whose requests the test responds to. */
async function openLocal(home: string): Promise<ReplyEngines> {
  const { api, engine } = await openHandledEngines(home);
  return {
    engines: api,
    async next() {
      for (;;) {
        const { operation, params, signal, emit, finish, fail } = await engine.next();
        if (operation !== "generate" || signal === undefined) {
          finish();
          continue;
        }
        const { chat, sampling } = params as GenerateParams;
        return { chat, seed: sampling.seed, emit, signal, finish: (stats) => finish("done", stats), die: fail };
      }
    },
  };
}

/** Another kind of session, like that of a server: nothing is loaded, and nothing runs on this machine. */
class ScriptedSession implements Session {
  readonly model: Model;
  readonly contextSize = null;
  readonly #signal: AbortSignal;
  readonly #onReply: (generation: Generation) => void;

  constructor(model: Model, signal: AbortSignal, onReply: (generation: Generation) => void) {
    this.model = model;
    this.#signal = signal;
    this.#onReply = onReply;
  }

  reply({ chat, wishes, onEvent }: SessionReply): Promise<WrittenReply> {
    return new Promise((resolve, reject) => {
      const finish = (stats: ReplyStats): void => resolve({ outcome: "done", stats });
      this.#signal.addEventListener("abort", () => resolve({ outcome: "stopped", stats: null }));
      const seed = wishes?.seed ?? null;
      this.#onReply({ chat, seed, emit: onEvent, finish, die: reject, signal: this.#signal });
    });
  }

  readAhead(): Promise<null> {
    return Promise.resolve(null);
  }

  prompt({ messages }: PromptParams): Promise<{ text: string; tokens: number[] }> {
    const text = messages.map(({ content }) => content).join("\n");
    return Promise.resolve({ text, tokens: Array.from(text, (letter) => letter.codePointAt(0) ?? 0) });
  }

  async countTokens(params: PromptParams): Promise<number> {
    return (await this.prompt(params)).tokens.length;
  }
}

async function openScripted(home: string): Promise<ReplyEngines> {
  const replies: Generation[] = [];
  let wake: () => void = () => undefined;
  const onReply = (generation: Generation): void => {
    replies.push(generation);
    wake();
  };
  const file = (model: Model, signal: AbortSignal) => Promise.resolve(new ScriptedSession(model, signal, onReply));
  const { api } = await openHandledEngines(home, { sources: { file, server: file } });
  return {
    engines: api,
    async next() {
      for (;;) {
        const reply = replies.shift();
        if (reply !== undefined) return reply;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

/** Every kind of session, for tests that all of them must pass. */
export const replyEngines: [kind: string, open: (home: string) => Promise<ReplyEngines>][] = [
  ["from the engine's process", openLocal],
  ["from another kind of session", openScripted],
];
