import { join } from "node:path";
import { z } from "zod";
import type { HubListing } from "../../contract/hub.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { modelNameOf } from "../hub/hubPaths.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const maxFileBytes = 1_000_000;
const statedSchema = z.object({
  path: z.string().max(1000),
  parts: z.number().int().min(1).max(1000),
  sizeBytes: z.number().int().positive(),
});
/** What the hub states about one model file, or about all parts of a split one. */
type StatedFile = z.infer<typeof statedSchema>;
const fileSchema = z.record(z.string(), statedSchema);

export type HubSizes = ReturnType<typeof createHubSizes>;

/**
 * The hub's own numbers for the catalogue's files, stored in `catalog-sizes.json`. If the file cannot be written, they
 * last until the app quits. `repos` are the repositories whose sizes are stored.
 */
export function createHubSizes(home: string, repos: ReadonlySet<string>) {
  const file = join(home, "catalog-sizes.json");
  let known: Promise<Record<string, StatedFile>> | null = null;
  const all = (): Promise<Record<string, StatedFile>> => (known ??= readJsonOr(file, fileSchema, maxFileBytes, {}));
  return {
    /** Resolves with null if the hub was not asked yet. */
    async of(repo: string, name: string): Promise<StatedFile | null> {
      return (await all())[`${repo}/${name}`] ?? null;
    },
    async keep({ repo, models }: HubListing): Promise<void> {
      if (!repos.has(repo)) return;
      const stated = models
        .filter(({ complete, sizeBytes }) => complete && sizeBytes > 0)
        .map(({ file: { path }, parts, sizeBytes }) => {
          return [`${repo}/${modelNameOf(path)}`, { path, parts, sizeBytes }] as const;
        });
      const next = { ...(await all()), ...Object.fromEntries(stated) };
      known = Promise.resolve(next);
      await writeFileAtomic(file, JSON.stringify(next, null, 2)).catch(() => undefined);
    },
  };
}
