import { verify } from "node:crypto";
import { z } from "zod";
import { WorkbenchError } from "../../contract/errors.ts";
import { installKinds } from "../../contract/updates.ts";
import type { UpdateSource } from "./UpdateSource.ts";

/** The kinds of files that a release has (`scripts/release/describeRelease.mjs`): one for each way of installing. */
export const fileKinds = installKinds.filter((kind) => kind !== "development");

const fileSchema = z.object({
  // One name, which cannot lead out of a folder.
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,119}$/),
  kind: z.enum(fileKinds),
  arch: z.enum(["x64", "arm64"]),
  sizeBytes: z.number().int().min(1).max(4e9),
  /** In hexadecimal digits. */
  sha512: z.string().regex(/^[0-9a-f]{128}$/),
});
export type ReleaseFile = z.output<typeof fileSchema>;

const documentSchema = z.object({
  product: z.literal("r1-workbench"),
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  notes: z.string().max(20_000),
  files: z.array(fileSchema).max(100),
});
export type ReleaseDocument = z.output<typeof documentSchema>;

const signedSchema = z.object({ document: z.string().max(200_000), signature: z.string().max(200) });

/** Returns the description of a release, whose signature is checked before anything in it is read. */
export function readReleaseDocument(text: string, { key }: Pick<UpdateSource, "key">): ReleaseDocument {
  const signed = signedSchema.safeParse(json(text));
  if (!signed.success) throw new WorkbenchError("update-refused", { case: "invalid" }, "not a signed description");
  const { document, signature } = signed.data;
  if (!verify(null, Buffer.from(document), key, Buffer.from(signature, "base64"))) {
    throw new WorkbenchError("update-refused", { case: "unsigned" });
  }
  const read = documentSchema.safeParse(json(document));
  if (!read.success) throw new WorkbenchError("update-refused", { case: "invalid" }, read.error.message.slice(0, 300));
  return { ...read.data, notes: plainNotes(read.data.notes) };
}

/** Returns whether `version` is newer than `than`. Both have three numbers. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((each) => each.split(".").map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Without characters that are not text or that change the direction of what follows. */
function plainNotes(notes: string): string {
  return notes
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (found) => (found === "\n" ? found : ""))
    .trim();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
