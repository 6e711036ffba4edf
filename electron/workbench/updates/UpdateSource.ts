import { createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Where new versions of this app are published, and whose signature they have. */
export interface UpdateSource {
  /** Without a slash at its end: "https://github.com/owner/name/releases". */
  releases: string;
  /** Ed25519. */
  key: KeyObject;
  /** The subject of the certificate that signs the Windows installer, if it is signed. */
  publisher: string | null;
}

const sourceSchema = z.object({
  url: z.string().max(500),
  key: z.string().max(500),
  publisher: z.string().max(500).nullable(),
});

/**
 * Returns the source that the build wrote into `file` (`scripts/build.mjs`), or null if it has none. In development, the
 * variables that the build reads are read again.
 */
export function readUpdateSource(file: string, development: NodeJS.ProcessEnv | null): UpdateSource | null {
  const url = development?.["R1_UPDATE_URL"];
  if (url !== undefined) return parseUpdateSource({ url, key: development?.["R1_UPDATE_KEY"] ?? "", publisher: null });
  try {
    return parseUpdateSource(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Returns null for a source that is not complete: nothing can be verified without a key. */
export function parseUpdateSource(given: unknown): UpdateSource | null {
  const read = sourceSchema.safeParse(given);
  if (!read.success || !URL.canParse(read.data.url)) return null;
  const { protocol, hostname, search, hash, username, href } = new URL(read.data.url);
  const isEncrypted = protocol === "https:";
  const isHere = protocol === "http:" && hostname === "127.0.0.1";
  if ((!isEncrypted && !isHere) || `${search}${hash}${username}` !== "") return null;
  try {
    const key = createPublicKey({ key: Buffer.from(read.data.key, "base64"), format: "der", type: "spki" });
    if (key.asymmetricKeyType !== "ed25519") return null;
    return { releases: href.replace(/\/+$/, ""), key, publisher: read.data.publisher };
  } catch {
    return null;
  }
}

/** GitHub redirects from a release to the server that has the file. */
const fileHostsOf: Record<string, string[]> = {
  "github.com": ["release-assets.githubusercontent.com", "objects.githubusercontent.com"],
};

/** Returns the hosts that a request to the source may be redirected to. */
export function fileHosts({ releases }: Pick<UpdateSource, "releases">): string[] {
  return fileHostsOf[new URL(releases).host] ?? [];
}
