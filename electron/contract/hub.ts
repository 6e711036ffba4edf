import { z } from "zod";
import { call } from "./call.ts";
import { type HubFile, mostNameCharacters } from "./downloads.ts";

/** A repository in the hub's search results. */
export interface HubRepo {
  /** "owner/name". */
  repo: string;
  downloads: number | null;
  likes: number | null;
  /** Milliseconds since 1970. */
  updatedAt: number | null;
  /** The user must accept terms on the hub's page and provide a token. */
  gated: boolean;
}

/** A model in a repository: one GGUF file, or all parts of a split one. */
export interface HubModelFile {
  file: HubFile;
  /** The catalogue's name of the model, or else the file name without its extension and part number. */
  name: string;
  /** As stated in the file name, such as "Q4_K_M". Null if the name does not state it. */
  quantization: string | null;
  parts: number;
  sizeBytes: number;
  /** True if the hub states a SHA-256 for every part. */
  verifiable: boolean;
  /** False if parts are missing in the repository. */
  complete: boolean;
}

export interface HubListing {
  repo: string;
  /** The commit that `revision` currently resolves to. */
  commit: string | null;
  licence: string | null;
  gated: boolean;
  /** Smallest first. */
  models: HubModelFile[];
}

/** What the user typed or pasted: words to search for, a repository, or one file in it. */
export type HubQuery =
  | { kind: "words"; words: string }
  | { kind: "repo"; repo: string; revision: string }
  | { kind: "file"; file: HubFile };

/** Where the hub's token comes from and how it is stored. The token itself never reaches the page. */
export interface HubAccess {
  /** The address of the hub in use, such as the public hub or a mirror. */
  endpoint: string;
  endpointFrom: "default" | "environment" | "settings";
  /**
   * `elsewhere`: `HF_TOKEN` belongs to a different hub than the one in use. `unbound`: an earlier release stored the
   * token without noting its hub; it is never sent.
   */
  tokenFrom: "none" | "environment" | "keychain" | "session" | "elsewhere" | "unbound";
  /** False if this system offers no secure storage, so that an entered token lasts until the app quits. */
  canKeepToken: boolean;
}

export const hubCalls = {
  /** Parses a link, an `hf:` name or words. Never fails and makes no network request. */
  "hub.read": call<HubQuery>()(z.object({ text: z.string().max(2000) })),
  /**
   * Returns repositories with GGUF files, most downloaded first. Contacts the hub, so call it only when the user
   * searches.
   */
  "hub.search": call<HubRepo[]>()(z.object({ words: z.string().min(1).max(200) })),
  /** Returns the models of one repository. Contacts the hub. */
  "hub.listing": call<HubListing>()(
    z.object({
      repo: z.string().max(mostNameCharacters),
      revision: z.string().max(mostNameCharacters).default("main"),
    }),
  ),
  "hub.access": call<HubAccess>()(z.object({})),
  /** Stores a token for the hub in use. Null deletes it. */
  "hub.setToken": call<HubAccess>()(z.object({ token: z.string().min(1).max(500).nullable() })),
};
