import { z } from "zod";
import { call } from "./call.ts";
import type { HubFile } from "./downloads.ts";

/** A repository on the hub, as its search lists it. */
export interface HubRepo {
  /** "owner/name". */
  repo: string;
  downloads: number | null;
  likes: number | null;
  /** Milliseconds since 1970. */
  updatedAt: number | null;
  /** The person must accept terms on the hub's page, and give a token. */
  gated: boolean;
}

/** A model in a repository: one GGUF file, or all parts of a split one. */
export interface HubModelFile {
  file: HubFile;
  /** The file's name without ending and part number. */
  name: string;
  /** As the name says, such as "Q4_K_M"; null: it does not say. */
  quantization: string | null;
  parts: number;
  sizeBytes: number;
  /** The hub states a SHA-256 for every part. */
  verifiable: boolean;
  /** Parts are missing in the repository. */
  complete: boolean;
}

export interface HubListing {
  repo: string;
  /** What `revision` stands for now. */
  commit: string | null;
  licence: string | null;
  gated: boolean;
  /** Smallest first. */
  models: HubModelFile[];
}

/** What a person typed or pasted: words to search for, a repository, or one file in it. */
export type HubQuery =
  | { kind: "words"; words: string }
  | { kind: "repo"; repo: string; revision: string }
  | { kind: "file"; file: HubFile };

/** Where the hub's token comes from, and how it is kept. The token itself never reaches the page. */
export interface HubAccess {
  /** The address in use, such as the public hub or a mirror. */
  endpoint: string;
  endpointFrom: "default" | "environment" | "settings";
  /**
   * `elsewhere`: `HF_TOKEN` is for another hub than the one in use. `unbound`: one that an earlier release kept without
   * noting for which hub; it is sent nowhere.
   */
  tokenFrom: "none" | "environment" | "keychain" | "session" | "elsewhere" | "unbound";
  /** False: this system offers no safe place, so a token typed in lasts until the app quits. */
  canKeepToken: boolean;
}

export const hubCalls = {
  /** Reads a link, an `hf:` name or words. Never fails, asks nobody. */
  "hub.read": call<HubQuery>()(z.object({ text: z.string().max(2000) })),
  /** Repositories with GGUF files, most downloaded first. Asks the hub: only when the person searches. */
  "hub.search": call<HubRepo[]>()(z.object({ words: z.string().min(1).max(200) })),
  /** The models of one repository. Asks the hub. */
  "hub.listing": call<HubListing>()(
    z.object({ repo: z.string().min(3).max(200), revision: z.string().min(1).max(200).default("main") }),
  ),
  "hub.access": call<HubAccess>()(z.object({})),
  /** Saves a token for the hub in use. Null deletes it. */
  "hub.setToken": call<HubAccess>()(z.object({ token: z.string().min(1).max(500).nullable() })),
};
