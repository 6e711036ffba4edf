import { createHash } from "node:crypto";
import type { ModelFamily, RemoteModel } from "../../contract/models.ts";
import { abilitiesWith } from "./dialects.ts";
import type { ServerAddress } from "./serverAddress.ts";
import type { StoredServer } from "./ServersFile.ts";

/** The longest id that a chat can keep is 64 characters; 27 are the server's, and one stands between. */
const mostIdChars = 36;
const hashChars = 6;

/** Names of R1 and its distills, as the servers that run them have them. */
const r1Names = /deepseek[-_. ]?(r1|reasoner)|\br1[-_. ](distill|0528|nano)/i;

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, hashChars);

/** Returns a name as a part of an id. */
export const slugOf = (name: string, mostChars: number): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, mostChars)
    .replaceAll(/^-+|-+$/g, "");

/** Returns the id of a server's model in the library. No file has one with `@`, and it stays the same. */
export function remoteModelId(serverId: string, name: string): string {
  const slug = slugOf(shownName(name), mostIdChars - hashChars - 1);
  return `${slug === name ? slug : [slug, hashOf(name)].filter(Boolean).join("-")}@${serverId}`;
}

/** Returns a model's name for people: llama-server names it by the path of its file. */
const shownName = (name: string): string =>
  /([^/\\]+?)(\.gguf)?$/i.exec(/\.gguf$/i.test(name) ? name : "")?.[1] ?? name;

/** Whether an id is that of a server's model, which may not exist. */
export const isRemoteId = (id: string): boolean => id.includes("@");

export const familyOfName = (name: string): ModelFamily => (r1Names.test(name) ? "r1" : "other");

/** Returns a server's models as the library has them. What was measured of them is added there. */
export function remoteModels(
  { id, name, dialect, models }: StoredServer,
  { host, isThisMachine }: Pick<ServerAddress, "host" | "isThisMachine">,
): RemoteModel[] {
  return models.map(({ name: modelName, contextLength, skipsThinking }) => ({
    id: remoteModelId(id, modelName),
    name: shownName(modelName),
    source: {
      kind: "server",
      serverId: id,
      serverName: name,
      host,
      isThisMachine,
      modelName,
      abilities: abilitiesWith({ dialect }, { skipsThinking }),
    },
    sizeBytes: 0,
    quantization: "unknown",
    architecture: "unknown",
    family: familyOfName(modelName),
    parameters: 0,
    contextLength,
    licence: null,
    builtIn: false,
    owner: "server",
    lastUsedAt: null,
    measuredTokensPerSecond: null,
    verified: null,
    problems: [],
  }));
}
