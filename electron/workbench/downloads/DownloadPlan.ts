import { createHash } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type ComponentName, componentNames } from "../../contract/componentNames.ts";
import { type HubFile, hubFileSchema } from "../../contract/downloads.ts";
import { maxFileBytes } from "../hub/HubClient.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { linkedAway, makeFolderInside } from "./makeFolderInside.ts";
import { readReceipts } from "./PartFile.ts";

/** A thousand parts with the longest paths take about 1.5 MB. */
const maxPlanBytes = 10_000_000;
const planSchema = z.object({
  version: z.literal(1),
  /** Null for a component. */
  file: hubFileSchema.nullable(),
  /** Null for a model. */
  component: z.enum(componentNames).nullable().default(null),
  acceptUnverified: z.boolean(),
  /** Whether it was paused because Offline is on, and resumes when that is turned off. */
  awaitsOnline: z.boolean().default(false),
  /** Milliseconds since 1970. Determines the order in the queue. */
  beganAt: z.number(),
  /** Null until the hub has reported it. */
  source: z
    .object({
      /** The hub that reported it. The same commit on another hub may be a different file. */
      endpoint: z.string().max(500),
      commit: z.string().regex(/^[0-9a-f]{6,64}$/),
      parts: z
        .array(
          z.object({
            path: z.string().min(1).max(1000),
            sizeBytes: z.number().int().nonnegative().max(maxFileBytes),
            sha256: z
              .string()
              .regex(/^[0-9a-f]{64}$/)
              .nullable(),
          }),
        )
        .min(1)
        .max(1000),
    })
    .nullable(),
});

/** What a download fetches. Stored with its partial files, so that the download can be resumed. */
export type DownloadPlan = z.output<typeof planSchema>;

/** Returns the id of a download. The same file of the same revision is the same download, wherever it is requested. */
export function downloadId({ repo, revision, path }: HubFile): string {
  return idFrom([repo, revision, path]);
}

/** Returns the id of a component's download. Other files, with another `mark`, are another download. */
export function componentDownloadId(name: ComponentName, mark: string): string {
  return idFrom(["component", name, mark]);
}

const idFrom = (names: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 16);

/**
 * Returns the folder of unfinished downloads. It is in the folder that they are for, the models' or the components', so
 * that finished files stay on the same disk.
 */
const downloadsFolder = (base: string): string => join(base, ".downloads");

export const downloadFolder = (base: string, id: string): string => join(downloadsFolder(base), id);

/**
 * Creates a download's folder and checks that it contains only files and no links. Rejects with
 * `download-name-refused`.
 */
export async function prepareDownloadFolder(base: string, id: string): Promise<string> {
  const folder = downloadFolder(base, id);
  await makeFolderInside(base, folder);
  const entries = await readdir(folder, { withFileTypes: true });
  if (!entries.every((entry) => entry.isFile())) throw linkedAway();
  return folder;
}

export const partFile = (folder: string, index: number): string => join(folder, `part-${index + 1}`);

/** Deletes all files of a download. Does not follow links. */
export async function deleteDownloadFolder(base: string, id: string): Promise<void> {
  const found = await lstat(downloadsFolder(base)).catch(() => null);
  if (found?.isDirectory() === true) await rm(downloadFolder(base, id), { recursive: true, force: true });
}

/** Resolves with the number of received bytes of each part, according to its receipts. */
export async function receivedParts(folder: string, parts: readonly { sizeBytes: number }[]): Promise<number[]> {
  return await Promise.all(
    parts.map(async ({ sizeBytes }, index) => {
      const { map } = await readReceipts(partFile(folder, index), sizeBytes);
      return map.receivedBytes;
    }),
  );
}

export async function writePlan(folder: string, plan: DownloadPlan): Promise<void> {
  await writeFileAtomic(join(folder, "plan.json"), JSON.stringify(plan));
}

/** Resolves with null if there is no plan or it cannot be read. */
function readPlan(folder: string): Promise<DownloadPlan | null> {
  return readJsonOr(join(folder, "plan.json"), planSchema, maxPlanBytes, null);
}

/** Resolves with false if there can be no unfinished downloads for a folder on the disk. */
export async function mayHavePlans(base: string): Promise<boolean> {
  return (await readdir(downloadsFolder(base)).catch(() => [])).length > 0;
}

/** Resolves with the unfinished downloads on the disk, oldest first. */
export async function findPlans(base: string): Promise<{ id: string; plan: DownloadPlan }[]> {
  const names = await readdir(downloadsFolder(base)).catch(() => []);
  const found: { id: string; plan: DownloadPlan }[] = [];
  for (const id of names) {
    if (!/^[0-9a-f]{16}$/.test(id)) continue;
    const folder = await prepareDownloadFolder(base, id).catch(() => null);
    const plan = folder === null ? null : await readPlan(folder);
    // A folder with a different name was not created by this app.
    if (plan !== null && idOf(plan) === id) found.push({ id, plan });
  }
  return found.toSorted((a, b) => a.plan.beganAt - b.plan.beganAt);
}

function idOf({ file, component, source }: DownloadPlan): string | null {
  if (file !== null) return component === null ? downloadId(file) : null;
  return component === null || source === null ? null : componentDownloadId(component, source.commit);
}
