import type { HubAccess } from "../../contract/hub.ts";
import type { FactsOf } from "../../contract/errors.ts";
import { HubFailure } from "./HubFailure.ts";
import { environmentOrigin } from "./hubEndpoint.ts";

/** Storage for secrets. The desktop app has one, the terminal does not. */
export interface Secrets {
  /** False if this system cannot protect secrets, in which case nothing is written. */
  readonly safe: boolean;
  get(name: string): Promise<string | null>;
  set(name: string, value: string | null): Promise<void>;
  /** Resolves with the names of all secrets. */
  names(): Promise<string[]>;
}

/** Earlier releases stored one token here without recording its hub. */
const unboundName = "hubToken";
/** The characters that a single word in a request header may contain. */
const usable = /^[\x21-\x7e]+$/;
const nameFor = (origin: string): string => `${unboundName} ${origin}`;

/**
 * The hubs' tokens, each bound to one origin: the token saved for it, or `HF_TOKEN`, which belongs to the hub in
 * `HF_ENDPOINT` or else to the public one. Tokens are used for requests only and never reach the page.
 */
export class HubToken {
  readonly #secrets: Secrets | null;
  readonly #environment: { token: string; origin: string | null } | null;
  readonly #session = new Map<string, string>();

  constructor(secrets: Secrets | null, environment: NodeJS.ProcessEnv = process.env) {
    this.#secrets = secrets?.safe === true ? secrets : null;
    const token = environment["HF_TOKEN"]?.trim() || null;
    this.#environment = token === null ? null : { token, origin: environmentOrigin(environment) };
  }

  /**
   * Resolves with the token for an origin, or null. Rejects with `hub-token-refused` if `HF_TOKEN` cannot be a token.
   */
  async get(origin: string): Promise<string | null> {
    if (this.#environment?.origin === origin) return checked(this.#environment.token, "environment");
    return this.#session.get(origin) ?? (await this.#secrets?.get(nameFor(origin))) ?? null;
  }

  async describe(origin: string): Promise<Pick<HubAccess, "tokenFrom" | "canKeepToken">> {
    const canKeepToken = this.#secrets !== null;
    if (this.#environment?.origin === origin) return { tokenFrom: "environment", canKeepToken };
    if (this.#session.has(origin)) return { tokenFrom: "session", canKeepToken };
    if ((await this.get(origin)) !== null) return { tokenFrom: "keychain", canKeepToken };
    if (this.#environment !== null) return { tokenFrom: "elsewhere", canKeepToken };
    const unbound = (await this.#secrets?.get(unboundName)) ?? null;
    return { tokenFrom: unbound === null ? "none" : "unbound", canKeepToken };
  }

  /**
   * Stores a token, or deletes it for null. Without secure storage, it lasts until the app quits. Rejects with
   * `hub-token-refused`.
   */
  async set(origin: string, token: string | null): Promise<void> {
    const value = checked(token?.trim() || null, "malformed");
    if (this.#secrets !== null) {
      await this.#secrets.set(nameFor(origin), value);
      await this.#secrets.set(unboundName, null);
    } else if (value === null) this.#session.delete(origin);
    else this.#session.set(origin, value);
  }
}

function checked(token: string | null, refusal: FactsOf<"hub-token-refused">["case"]): string | null {
  if (token === null || usable.test(token)) return token;
  throw new HubFailure("hub-token-refused", { case: refusal });
}
