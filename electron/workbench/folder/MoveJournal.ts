import { rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { syncFolder, writeFileAtomic } from "../home/writeFileAtomic.ts";

const folder = z.string().max(4096).refine(isAbsolute);
const journalSchema = z.object({
  version: z.literal(1),
  from: folder,
  to: folder,
  /** Whether the whole folder is renamed, because both are on the same disk. */
  renames: z.boolean(),
  state: z.enum(["copying", "switching", "cleaning", "undoing"]),
});

/**
 * What a move is doing, written before it does it:
 *
 *   copying ─▶ switching ─▶ cleaning ─▶ (none)
 *      └─(cancel)─▶ undoing ─▶ (none)
 *
 * Until `switching`, all models are in `from`; after it, all are in `to`. Only `cleaning` deletes from `from`, and only
 * `undoing` from `to`, and both only files that are in the other folder too. Each state can be begun again after a
 * crash at any point, because what is done is seen in the folders themselves.
 */
export type Move = z.output<typeof journalSchema>;

const maxFileBytes = 100_000;
const journalFile = (home: string): string => join(home, "models-move.json");

/** Resolves with the move that has not ended, or null. A damaged journal is set aside. */
export async function readMove(home: string): Promise<Move | null> {
  const kept = await readJsonFile(journalFile(home), journalSchema, maxFileBytes);
  if (kept.state === "damaged") await setAside(journalFile(home)).catch(() => undefined);
  return kept.state === "read" ? kept.value : null;
}

/** Stores the move's state, which is on the disk when this resolves. Returns the move in that state. */
export async function writeMove(home: string, move: Move, state: Move["state"]): Promise<Move> {
  const next = { ...move, state };
  await writeFileAtomic(journalFile(home), JSON.stringify(next));
  return next;
}

export async function endMove(home: string): Promise<void> {
  await rm(journalFile(home), { force: true });
  await syncFolder(home);
}
