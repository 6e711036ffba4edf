import { createHash } from "node:crypto";
import { z } from "zod";
import type {
  AskedFor,
  Message,
  MessageState,
  ReplyModel,
  ReplyStats,
  StopReason,
  ThoughtCut,
} from "../../contract/chats.ts";
import { earlierSummarySchema } from "../../contract/earlierSummary.ts";
import type { Problem } from "../../contract/errors.ts";
import { wireFiguresSchema, writtenAtSchema } from "../../contract/servers.ts";
import { faultIdPattern } from "../../contract/faultId.ts";
import { mostCompared } from "../../contract/mostCompared.ts";
import { problemSchema } from "../../contract/problemSchema.ts";
import { seedSchema } from "../../contract/replySettings.ts";
import { mostAnswers } from "../../contract/votes.ts";
import { column, integer, json, RowSchema } from "./RowSchema.ts";

/** A message's row as it is written, without its hash. Text, thought, model, stats, problem and summary are JSON. */
export interface MessageRow {
  id: string;
  chatId: string;
  parentId: string | null;
  role: Message["role"];
  createdAt: number;
  text: string;
  thought: string | null;
  state: MessageState;
  model: string | null;
  stats: string | null;
  problem: string | null;
  owner: string | null;
  summary: string | null;
}

const firstColumns = [
  "id",
  "chatId",
  "parentId",
  "role",
  "createdAt",
  "text",
  "thought",
  "state",
  "model",
  "stats",
  "problem",
  "owner",
] as const;

/**
 * The columns that a row's hash covers, in the table's order, by hash version. A new column needs a new version. Never
 * change a released version, because rows keep the hash that they were written with.
 */
const hashedColumns = {
  1: firstColumns,
  2: [...firstColumns, "summary"],
} as const satisfies Record<number, readonly (keyof MessageRow)[]>;
const newestHash = 2;
/** The columns of a row with its hash, in the order in which they are written. */
export const messageColumns = [...hashedColumns[newestHash], "hash"].join(", ");
const digestBytes = 16;

const statsSchema = z.object({
  promptTokens: z.number(),
  cachedTokens: z.number(),
  thoughtTokens: z.number(),
  answerTokens: z.number(),
  ttftMs: z.number(),
  thoughtMs: z.number(),
  // Replies of earlier releases have none.
  thoughtCut: z
    .enum(["skipped", "tokens", "time"] satisfies ThoughtCut[])
    .nullable()
    .default(null),
  prefillTokensPerSecond: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  stopReason: z.enum(["end", "stopped", "maxTokens", "context", "interrupted"] satisfies StopReason[]),
  speedSamples: z.array(z.number()).max(1000),
  wire: wireFiguresSchema.optional().catch(undefined),
}) satisfies z.ZodType<ReplyStats>;

const shownProblemSchema = problemSchema.extend({
  faultId: z.string().regex(faultIdPattern).optional(),
}) satisfies z.ZodType<Problem>;

const serverSchema = writtenAtSchema.optional().catch(undefined);
const askedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("vote"), answers: z.number().int().min(1).max(mostAnswers) }),
  z.object({
    kind: z.literal("comparison"),
    models: z
      .array(z.object({ id: z.string(), name: z.string(), server: serverSchema }))
      .min(2)
      .max(mostCompared),
  }),
]) satisfies z.ZodType<AskedFor>;
const modelSchema = z.object({
  id: z.string(),
  name: z.string(),
  edited: z.literal(true).optional().catch(undefined),
  seed: seedSchema.optional().catch(undefined),
  asked: askedSchema.optional().catch(undefined),
  server: serverSchema,
}) satisfies z.ZodType<ReplyModel>;
const states = ["streaming", "done", "stopped", "failed", "interrupted"] satisfies MessageState[];

/** The role of a row whose role cannot be read. A chat begins with the user. */
const standInRole = (parentId: unknown): Message["role"] => (parentId === null ? "user" : "assistant");

const schema = new RowSchema({
  role: column(z.enum(["user", "assistant"]).nullable(), null),
  createdAt: column(integer, 0),
  text: column(json(z.string()), ""),
  thought: column(json(z.string()).or(z.null()), null),
  // An unreadable state never counts as being written, because no run would end it.
  state: column(z.enum(states), "interrupted"),
  model: column(json(modelSchema).or(z.null()), null),
  stats: column(json(statsSchema).or(z.null()), null),
  problem: column(json(shownProblemSchema).or(z.null()), null),
  summary: column(json(earlierSummarySchema).or(z.null()), null),
});

const damage: Problem = { code: "message-damaged" };

/** Returns the message of a row. Never throws: a row that was changed on the disk is read as far as possible. */
export function readMessageRow(
  row: Readonly<Record<string, unknown>>,
): Pick<Message, "role" | "createdAt" | "text" | "thought" | "state" | "model" | "stats" | "problem" | "summary"> {
  const { values, damaged } = schema.read(row);
  const { role, problem, summary, ...others } = values;
  const isDamaged = damaged || !isIntact(row);
  return {
    ...others,
    role: role ?? standInRole(row["parentId"]),
    problem: isDamaged ? damage : problem,
    // The messages themselves are better than a summary that may be wrong.
    ...(summary !== null && !isDamaged && { summary }),
  };
}

/** Returns whether the row is unchanged since it was written. */
export function isIntact(row: Readonly<Record<string, unknown>>): boolean {
  const { createdAt, hash } = row;
  if (!(hash instanceof Uint8Array)) return false;
  const written = { ...row, createdAt: typeof createdAt === "bigint" ? Number(createdAt) : createdAt };
  // Before hashes had a version, they were sixteen bytes without a prefix.
  const isUnversioned = hash.length === digestBytes;
  const version = isUnversioned ? 1 : (hash[0] ?? 0);
  if (!isKnown(version) || (!isUnversioned && hash.length !== digestBytes + 1)) return false;
  return digestOf(written, hashedColumns[version]).equals(hash.subarray(-digestBytes));
}

/** Returns the row's columns in the order of the table. */
export function columnsOf(row: MessageRow): (string | number | null)[] {
  return hashedColumns[newestHash].map((name) => row[name]);
}

/**
 * Returns one byte for the version, which determines the covered columns, and the first 16 bytes of their SHA-256.
 * SQLite itself does not detect a changed character.
 */
export function hashOf(row: MessageRow): Uint8Array {
  return Buffer.concat([Buffer.of(newestHash), digestOf(row, hashedColumns[newestHash])]);
}

function isKnown(version: number): version is keyof typeof hashedColumns {
  return Object.hasOwn(hashedColumns, version);
}

function digestOf(row: object, names: readonly string[]): Buffer {
  const values = names.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
  return createHash("sha256").update(JSON.stringify(values)).digest().subarray(0, digestBytes);
}
