import type { HubAccess } from "../../contract/hub.ts";

/** Where secrets may be kept; the desktop offers one, the terminal does not. */
export interface Secrets {
  /** False: nothing is written, since nothing here protects it. */
  readonly safe: boolean;
  get(name: string): Promise<string | null>;
  set(name: string, value: string | null): Promise<void>;
}

const secretName = "hubToken";

/** The hub's token: `HF_TOKEN`, else the one that was typed in. It is answered to requests alone. */
export class HubToken {
  readonly #secrets: Secrets | null;
  readonly #environment: string | null;
  #session: string | null = null;

  constructor(secrets: Secrets | null, environment: NodeJS.ProcessEnv = process.env) {
    this.#secrets = secrets?.safe === true ? secrets : null;
    this.#environment = environment["HF_TOKEN"]?.trim() || null;
  }

  async get(): Promise<string | null> {
    return this.#environment ?? this.#session ?? (await this.#secrets?.get(secretName)) ?? null;
  }

  async describe(): Promise<Pick<HubAccess, "tokenFrom" | "canKeepToken">> {
    const canKeepToken = this.#secrets !== null;
    if (this.#environment !== null) return { tokenFrom: "environment", canKeepToken };
    if (this.#session !== null) return { tokenFrom: "session", canKeepToken };
    return { tokenFrom: (await this.get()) === null ? "none" : "keychain", canKeepToken };
  }

  /** Null forgets it. Kept where secrets are safe, else until the app quits. */
  async set(token: string | null): Promise<void> {
    const value = token?.trim() || null;
    if (this.#secrets === null) this.#session = value;
    else await this.#secrets.set(secretName, value);
  }
}
