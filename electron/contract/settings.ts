import { z } from "zod";
import { densities, readingWidths, starts, textSizes, themes } from "./appearance.ts";
import { call } from "./call.ts";
import { thinkingSchema } from "./chats.ts";
import { backends } from "./engine.ts";
import { languages } from "./languages.ts";
import { longChatPolicies } from "./longChats.ts";
import { foreignOwners } from "./models.ts";

const fields = z.object({
  // A later version may have stored a language that this one does not know. The other settings are still good.
  language: z
    .enum(["system", ...languages])
    .default("system")
    .catch("system"),
  theme: z.enum(themes).default("system"),
  textSize: z.enum(textSizes).default("standard"),
  /** Of the column that holds a chat's messages. */
  readingWidth: z.enum(readingWidths).default("standard"),
  density: z.enum(densities).default("comfortable"),
  /** What the app opens with. */
  startWith: z.enum(starts).default("lastChat"),
  /** Whether the system tells the user when a long reply has ended in the background. */
  notifyReplies: z.boolean().default(true),
  /** Whether such a notification contains the beginning of the answer. */
  showReplyInNotification: z.boolean().default(false),
  defaultModelId: z.string().max(200).nullable().default(null),
  defaultThinking: thinkingSchema.default("on"),
  /** What is done once a chat no longer fits in the context. */
  longChats: z.enum(longChatPolicies).default("ask").catch("ask"),
  /** Encrypted chats are locked after so many minutes without use of the app. Null: never by themselves. */
  lockAfterMinutes: z.number().int().min(1).max(10_080).nullable().default(15),
  /** Whether encrypted chats are locked when the computer sleeps or its screen is locked. */
  lockOnSleep: z.boolean().default(true),
  /** Null: as large as the model and the memory allow, up to 16,384 tokens. */
  contextSize: z.number().int().min(256).max(1_048_576).nullable().default(null),
  /** Paths of linked model files, which are used in place. */
  linkedModels: z.array(z.string().max(4096)).max(10_000).default([]),
  /** Other apps' models, which are used in place, with their names there. */
  adoptedModels: z
    .array(z.object({ path: z.string().max(4096), name: z.string().max(200), owner: z.enum(foreignOwners) }))
    .max(10_000)
    .default([]),
  /** Whether every connection is refused. */
  offline: z.boolean().default(false),
  /** Whether the app looks for newer versions of itself, once a day. */
  checkUpdates: z.boolean().default(false),
  /** Null: `HF_ENDPOINT` if it is set, or else the public hub. */
  hubEndpoint: z.string().max(500).nullable().default(null),
  /** Hubs that the user agreed to connect to. The page cannot add any. */
  agreedHubOrigins: z.array(z.string().max(500)).max(1000).default([]),
  /** Limit for all downloads together. Null: no limit. */
  downloadBytesPerSecond: z.number().int().min(10_000).nullable().default(null),
  /** A loaded model that has not been used for this long is unloaded. Null: never. */
  idleUnloadMinutes: z.number().int().min(1).max(10_080).nullable().default(30),
  /**
   * On battery, the next prompt is read ahead only above this charge, in percent. Null: never on battery.
   */
  readAheadCharge: z.number().int().min(0).max(100).nullable().default(30),
  /** Whether a model that is idle writes a better title for a chat than its first question. */
  improveTitles: z.boolean().default(true),
  /** How much of the disk may be used to keep what models have read of chats. Null: nothing is kept. */
  keptStateBytes: z.number().int().min(1_000_000).max(1e15).nullable().default(2_000_000_000),
  /** Whether this machine's speed is measured once, when it is idle, to predict how fast models run. */
  estimateSpeed: z.boolean().default(true),
  /** What models run with. Null: the fastest, as far as that was measured. */
  backend: z.enum(backends).nullable().default(null).catch(null),
  /** Licences of base models that the user accepted, such as "llama3.1". */
  acceptedLicences: z.array(z.string().max(50)).max(100).default([]),
});
/** What the user may set. Every field has a default, so an empty object is a valid settings file. */
export const settingsSchema = z.preprocess(withLongChats, fields);
export type Settings = z.output<typeof fields>;

/** Earlier versions had a switch for leaving out the oldest messages. */
function withLongChats(value: unknown): unknown {
  const { dropOldest, longChats } = (value ?? {}) as { dropOldest?: unknown; longChats?: unknown };
  return dropOldest === true && longChats === undefined ? { ...(value as object), longChats: "dropOldest" } : value;
}

/** The lists of models can be changed only through imports, `models.adopt` and `models.forget`. */
export const settingsChangeSchema = z
  .object({
    language: z.enum(["system", ...languages]),
    theme: z.enum(themes),
    textSize: z.enum(textSizes),
    readingWidth: z.enum(readingWidths),
    density: z.enum(densities),
    startWith: z.enum(starts),
    notifyReplies: z.boolean(),
    showReplyInNotification: z.boolean(),
    defaultModelId: z.string().max(200).nullable(),
    defaultThinking: thinkingSchema,
    longChats: z.enum(longChatPolicies),
    lockAfterMinutes: z.number().int().min(1).max(10_080).nullable(),
    lockOnSleep: z.boolean(),
    contextSize: z.number().int().min(256).max(1_048_576).nullable(),
    offline: z.boolean(),
    checkUpdates: z.boolean(),
    hubEndpoint: z.string().max(500).nullable(),
    downloadBytesPerSecond: z.number().int().min(10_000).nullable(),
    idleUnloadMinutes: z.number().int().min(1).max(10_080).nullable(),
    readAheadCharge: z.number().int().min(0).max(100).nullable(),
    keptStateBytes: z.number().int().min(1_000_000).max(1e15).nullable(),
    improveTitles: z.boolean(),
    estimateSpeed: z.boolean(),
    backend: z.enum(backends).nullable(),
    acceptedLicences: z.array(z.string().max(50)).max(100),
  })
  .partial();

export const settingsCalls = {
  "settings.get": call<Settings>()(z.object({})),
  "settings.change": call<Settings>()(settingsChangeSchema),
};
