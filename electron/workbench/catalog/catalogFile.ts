import { readFile } from "node:fs/promises";
import { z } from "zod";
import { catalogUses } from "../../contract/catalog.ts";

const whole = z.number().int().positive();

/** Fields that only a mixture of experts with latent attention has. */
const mixtureSchema = z.object({
  experts: whole,
  activeExperts: whole,
  sharedExperts: z.number().int().nonnegative(),
  expertFeedForward: whole,
  /** Number of first layers, which have one plain feed-forward part. */
  denseLayers: z.number().int().nonnegative(),
  queryRank: whole,
  keyValueRank: whole,
  /** Elements of a key that encode its position. */
  ropeLength: whole,
});

const decoderSchema = z.object({
  layers: whole,
  width: whole,
  heads: whole,
  keyValueHeads: whole,
  keyLength: whole,
  valueLength: whole,
  feedForward: whole,
  vocabulary: whole,
  mixture: mixtureSchema.nullable(),
});
/** A decoder's shape as its authors publish it, before any quantization. */
export type Decoder = z.infer<typeof decoderSchema>;

const variantSchema = z.object({
  size: z.enum(["small", "balanced", "finer", "large"]),
  quantization: z.string(),
  path: z.string(),
  /** Mean over all weights, for mixes of types that were not published. */
  bitsPerWeight: z.number().positive().optional(),
  /**
   * True for files converted before latent attention was stored compressed: keys and values of every head are cached.
   */
  fullCache: z.boolean().default(false),
});
export type VariantEntry = z.infer<typeof variantSchema>;

const entrySchema = z.object({
  id: z.string(),
  name: z.string(),
  goodFor: z.enum(catalogUses),
  contextLength: whole,
  licence: z.string(),
  llamaVersion: z.string().nullable(),
  shape: decoderSchema,
  repo: z.string(),
  otherRepos: z.array(z.string()),
  variants: z.array(variantSchema).min(1),
});
/** A model of the catalogue file. */
export type CatalogEntry = z.infer<typeof entrySchema>;

const fileSchema = z.object({ version: z.literal(1), models: z.array(entrySchema).min(1) });

/** Reads the R1 family, smallest first, from the catalogue included in the app. Rejects if that file is damaged. */
export async function readCatalogFile(path: string): Promise<CatalogEntry[]> {
  return fileSchema.parse(JSON.parse(await readFile(path, "utf8"))).models;
}
