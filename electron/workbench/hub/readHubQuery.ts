import type { HubQuery } from "../../contract/hub.ts";
import { isPath, isRepo, isRevision } from "./hubPaths.ts";

const hubHosts = new Set(["huggingface.co", "www.huggingface.co", "hf.co"]);

/**
 * Parses what the user typed or pasted: a link to the hub or the mirror in use, `hf:owner/name/file.gguf@revision`,
 * `owner/name`, or words to search for. Never throws.
 */
export function readHubQuery(text: string, endpoint: string): HubQuery {
  const typed = text.trim();
  return fromLink(typed, endpoint) ?? fromName(typed) ?? { kind: "words", words: typed.slice(0, 200) };
}

function fromLink(typed: string, endpoint: string): HubQuery | null {
  const bare = /^(?:www\.)?(?:huggingface\.co|hf\.co)\//i.test(typed);
  const text = bare ? `https://${typed}` : typed;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const mirror = new URL(endpoint);
  if (!hubHosts.has(url.hostname) && url.host !== mirror.host) return null;
  const prefix = url.host === mirror.host ? mirror.pathname.replace(/\/$/, "") : "";
  if (!url.pathname.startsWith(prefix)) return null;
  const parts = url.pathname.slice(prefix.length).split("/").filter(Boolean).map(decoded);
  const [owner = "", name = "", view, revision, ...path] = parts;
  const repo = `${owner}/${name.replace(/:[A-Za-z0-9_-]+$/, "")}`;
  if (view === undefined) return queryFor(repo, "main", "");
  if (view !== "tree" && view !== "blob" && view !== "resolve") return null;
  return queryFor(repo, revision ?? "main", view === "tree" ? "" : path.join("/"));
}

function fromName(typed: string): HubQuery | null {
  const named = /^hf:(?:\/\/)?(.+)$/i.exec(typed)?.[1];
  if (named === undefined && !/^[\w.-]+\/[\w.-]+$/.test(typed)) return null;
  const [, before = "", revision = "main"] = /^(.*?)(?:@([^@]+))?$/.exec(named ?? typed) ?? [];
  const [owner = "", name = "", ...path] = before.split("/");
  return queryFor(`${owner}/${name.replace(/:[A-Za-z0-9_-]+$/, "")}`, revision, path.join("/"));
}

/** Returns null if this cannot be the name of anything on the hub. */
function queryFor(repo: string, revision: string, path: string): HubQuery | null {
  if (!isRepo(repo) || !isRevision(revision)) return null;
  if (!/\.gguf$/i.test(path)) return { kind: "repo", repo, revision };
  return isPath(path) ? { kind: "file", file: { repo, revision, path } } : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
