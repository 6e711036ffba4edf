import { randomUUID } from "node:crypto";
import type { ApiContents, ApiEndpoint, ApiRefusal, ApiRequest } from "../contract/apiServer.ts";

const mostRequests = 50;
const mostRefusals = 20;
const mostContentChars = 100_000;

/** Who sent a request. */
export interface Sender {
  program: string;
  from: string;
}

/** A request that is listed, to be kept up to date. */
export interface LoggedRequest {
  /** Aborts when the user stops it. */
  readonly stopped: AbortSignal;
  update(change: Partial<ApiRequest>): void;
  /** Adds to the texts, if they are kept. */
  addText(part: keyof ApiContents, text: string): void;
}

interface Entry {
  request: ApiRequest;
  stopping: AbortController;
  contents: ApiContents | null;
}

/** The last requests and refusals, in memory only. */
export class RequestLog {
  keepsContents = false;
  readonly #onChange: () => void;
  /** Newest first. */
  #entries: Entry[] = [];
  #refusals: ApiRefusal[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get requests(): ApiRequest[] {
    return this.#entries.map(({ request }) => request);
  }

  get refusals(): readonly ApiRefusal[] {
    return this.#refusals;
  }

  begin(endpoint: ApiEndpoint, { program, from }: Sender): LoggedRequest {
    const entry: Entry = {
      request: {
        ...unknownYet,
        id: randomUUID(),
        startedAt: Date.now(),
        endpoint,
        program,
        from,
        hasContents: this.keepsContents,
      },
      stopping: new AbortController(),
      contents: this.keepsContents ? { prompt: "", thought: "", answer: "" } : null,
    };
    this.#entries = [entry, ...this.#entries].slice(0, mostRequests);
    this.#onChange();
    return {
      stopped: entry.stopping.signal,
      update: (change) => {
        entry.request = { ...entry.request, ...change };
        this.#onChange();
      },
      addText: (part, text) => {
        if (entry.contents !== null) entry.contents[part] = (entry.contents[part] + text).slice(0, mostContentChars);
      },
    };
  }

  refused(refusal: ApiRefusal): void {
    this.#refusals = [refusal, ...this.#refusals].slice(0, mostRefusals);
    this.#onChange();
  }

  stop(id: string): void {
    this.#entries.find(({ request }) => request.id === id)?.stopping.abort();
  }

  contents(id: string): ApiContents | null {
    return this.#entries.find(({ request }) => request.id === id)?.contents ?? null;
  }

  /** Forgets the texts that were kept. */
  forgetContents(): void {
    for (const entry of this.#entries) {
      entry.contents = null;
      entry.request = { ...entry.request, hasContents: false };
    }
    this.#onChange();
  }
}

const unknownYet = {
  model: null,
  outcome: "waiting",
  problem: null,
  told: null,
  waitedMs: null,
  promptTokens: null,
  writtenTokens: null,
  ttftMs: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: null,
} as const;
