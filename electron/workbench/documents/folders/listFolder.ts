import { z } from "zod";
import type { FolderTrouble } from "../../../contract/documentFolders.ts";
import { WorkbenchError } from "../../../contract/errors.ts";
import { childEnvironment } from "../../children/childEnvironment.ts";
import { runChild } from "../../children/runChild.ts";
import { withinMs } from "../../withinMs.ts";
import { folderLimits } from "./folderLimits.ts";
import type { ListedDocuments, ListedFolder } from "./listDocuments.ts";

export interface FolderLister {
  /** Our Node. */
  nodePath: string;
  /** The built `folderLister.mjs`. */
  entry: string;
}

const count = z.number().int().min(0);
const listedSchema = z.union([
  z.object({
    files: z.array(z.object({ place: z.string().min(1), version: z.string().max(60) })).max(folderLimits.files),
    unseen: z.array(z.string().min(1)).max(folderLimits.entries),
    leftOut: z.object({
      hidden: count,
      trees: count,
      links: count,
      others: count,
      deep: count,
      closed: count,
      beyond: count,
      full: count,
      isCut: z.boolean(),
    }),
  }),
  z.object({ trouble: z.enum(["gone", "notAllowed", "own"]) }),
]);

const mostBytes = 64_000_000;
/** The system does not always end a process at once that waits for a network folder. */
const graceMs = 1_000;

/**
 * Resolves with the documents below a folder, without those in `except`, or with why it cannot be looked at. Rejects with
 * `document-folder-own` if it is `except` or in it.
 */
export async function listFolder(
  { nodePath, entry }: FolderLister,
  path: string,
  { except, signal, limitMs = folderLimits.listMs }: { except: string; signal: AbortSignal; limitMs?: number },
): Promise<ListedDocuments | { trouble: FolderTrouble }> {
  const listing = runChild(nodePath, ["--no-warnings", entry], {
    env: { ...childEnvironment(process.env), R1_LISTED: path, R1_NOT_LISTED: except },
    limitMs,
    maxBytes: mostBytes,
    yields: true,
    signal,
  });
  const outcome = await withinMs(listing, limitMs + graceMs);
  signal.throwIfAborted();
  if (outcome === null || outcome.code !== 0) return { trouble: "slow" };
  const listed = parsed(outcome.stdout);
  if (listed === null) return { trouble: "slow" };
  if (!("trouble" in listed)) return listed;
  const { trouble } = listed;
  if (trouble === "own") throw new WorkbenchError("document-folder-own");
  return { trouble };
}

function parsed(text: string): ListedFolder | null {
  try {
    return listedSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
