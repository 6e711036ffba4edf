import { WorkbenchError } from "../../contract/errors.ts";
import type { Server } from "../../contract/servers.ts";
import type { Secrets } from "../hub/HubToken.ts";

/** What identifies a key: it belongs to one server at one origin, and is sent nowhere else. */
export interface KeyOwner {
  id: string;
  name: string;
  origin: string;
  /** The environment variable that has it, or null. */
  keyVariable: string | null;
}

/** The characters that a single word in a request header may contain. */
const usable = /^[\x21-\x7e]{1,4000}$/;
const beginning = "serverKey ";
const nameFor = ({ id, origin }: Pick<KeyOwner, "id" | "origin">): string => `${beginning}${id} ${origin}`;

/** The keys of the servers. They are used for requests only and never reach the page. */
export class ServerKeys {
  readonly #secrets: Secrets | null;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #session = new Map<string, string>();

  constructor(secrets: Secrets | null, environment: NodeJS.ProcessEnv = process.env) {
    this.#secrets = secrets?.safe === true ? secrets : null;
    this.#environment = environment;
  }

  get canKeep(): boolean {
    return this.#secrets !== null;
  }

  /**
   * Resolves with the key, or null if the server has none. Rejects with `server-key-missing` if the variable that should
   * have it is not set, and with `server-key-malformed` if it cannot be a key.
   */
  async get(owner: KeyOwner): Promise<string | null> {
    const kept = this.#session.get(nameFor(owner)) ?? (await this.#secrets?.get(nameFor(owner))) ?? null;
    if (kept !== null || owner.keyVariable === null) return kept;
    const named = this.#environment[owner.keyVariable]?.trim();
    if (named) return checkedKey(named);
    const { name: server, keyVariable: variable } = owner;
    throw new WorkbenchError("server-key-missing", { server, case: "variable", variable });
  }

  async from(owner: KeyOwner): Promise<Server["keyFrom"]> {
    if (this.#session.has(nameFor(owner))) return "session";
    if (((await this.#secrets?.get(nameFor(owner))) ?? null) !== null) return "keychain";
    return owner.keyVariable === null ? "none" : "environment";
  }

  /** Stores a key, or deletes it for null. Without secure storage, it lasts until the app quits. */
  async set(owner: Pick<KeyOwner, "id" | "origin">, key: string | null): Promise<void> {
    const name = nameFor(owner);
    if (this.#secrets !== null) await this.#secrets.set(name, key);
    else if (key === null) this.#session.delete(name);
    else this.#session.set(name, key);
  }

  /**
   * Deletes the keys that belong to no server: the terminal, which has no keychain, removed theirs. `readOwners` resolves
   * with the owners of all keys, or with null if they are not known; then none is deleted.
   */
  async forgetOthers(readOwners: () => Promise<readonly KeyOwner[] | null>): Promise<void> {
    // First, because the key of a server that is added meanwhile is set after the server is.
    const names = ((await this.#secrets?.names()) ?? []).filter((name) => name.startsWith(beginning));
    const owners = names.length === 0 ? null : await readOwners();
    const kept = new Set(owners?.map(nameFor));
    if (owners === null) return;
    for (const name of names) if (!kept.has(name)) await this.#secrets?.set(name, null);
  }
}

/** Returns the key as it is sent. Throws `server-key-malformed`. */
export function checkedKey(key: string): string {
  const word = key.trim();
  if (usable.test(word)) return word;
  throw new WorkbenchError("server-key-malformed");
}
