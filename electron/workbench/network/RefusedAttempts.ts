import { randomUUID } from "node:crypto";
import type { Connection } from "../../contract/network.ts";

const mostHosts = 50;
const recordEveryMs = 1000;

/** What in the window tried to connect. A page that tries thousands of times gets one entry for each host. */
export class RefusedAttempts {
  readonly #record: (attempt: Connection) => void;
  readonly #byHost = new Map<string, Connection>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(record: (attempt: Connection) => void) {
    this.#record = record;
  }

  add(host: string): void {
    const now = Date.now();
    const known = this.#byHost.get(host);
    if (known === undefined && this.#byHost.size >= mostHosts) return;
    const counted = known ?? { ...noAttempt, id: randomUUID(), startedAt: now, host: host.slice(0, 300) };
    this.#byHost.set(host, { ...counted, requests: counted.requests + 1, countedAt: now });
    this.#changed.add(host);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#flush(), recordEveryMs).unref();
  }

  #flush(): void {
    this.#timer = null;
    for (const host of this.#changed) {
      const attempt = this.#byHost.get(host);
      if (attempt !== undefined) this.#record(attempt);
    }
    this.#changed.clear();
  }
}

const noAttempt = {
  proxy: null,
  reason: { code: "page", facts: {} },
  connections: 0,
  requests: 0,
  sentBytes: 0,
  receivedBytes: 0,
  outcome: "refused",
  failure: null,
} as const;
