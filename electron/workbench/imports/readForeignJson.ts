import type { ImportSource } from "../../contract/imports.ts";
import type { ForeignChat } from "./ForeignChat.ts";
import { chatgpt } from "./formats/chatgpt.ts";
import { claude } from "./formats/claude.ts";
import { deepseek, isDeepseek } from "./formats/deepseek.ts";
import { lmstudio } from "./formats/lmstudio.ts";
import { openwebui } from "./formats/openwebui.ts";
import { importLimits } from "./importLimits.ts";
import type { Incoming } from "./Incoming.ts";
import { jsonItems } from "./jsonItems.ts";
import { parsedJson } from "./parsedJson.ts";
import { recordsOf } from "./recordsOf.ts";

/** Returns the chats in a JSON file of another app. What is none of a known app is passed over. */
export async function* readForeignJson(stream: AsyncIterable<Buffer>): AsyncGenerator<Incoming> {
  const limits = { mostBytes: importLimits.itemBytes, mostDepth: importLimits.depth };
  for await (const item of jsonItems(stream, limits)) {
    if ("refused" in item) yield { type: "skipped", reason: item.refused, isBegun: false };
    else yield* chatsIn(parsedJson(item.bytes));
  }
}

function* chatsIn(value: unknown): Generator<Incoming> {
  if (value === undefined) {
    yield { type: "skipped", reason: "damaged", isBegun: false };
    return;
  }
  const format = formatOf(value);
  if (format === null) {
    for (const chat of wrapped(value)) yield* chatsIn(chat);
    return;
  }
  yield { type: "source", source: format.source };
  const chat = format.read(value);
  if (chat === null) yield { type: "skipped", reason: "damaged", isBegun: false };
  else yield* recordsOf(format.source, chat);
}

const wrappers = ["conversations", "chats", "data"];

/** Returns the chats of an object that only holds them. */
function wrapped(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const lists = Object.entries(value).flatMap(([name, list]) =>
    wrappers.includes(name) && Array.isArray(list) ? list : [],
  );
  return lists.filter((chat) => formatOf(chat) !== null);
}

interface Format {
  source: ImportSource;
  read: (value: unknown) => ForeignChat | null;
}

/** Each app's chats are recognized by the field that has their messages. */
function formatOf(value: unknown): Format | null {
  if (typeof value !== "object" || value === null) return null;
  if (Object.hasOwn(value, "mapping")) {
    return isDeepseek(value) ? { source: "deepseek", read: deepseek } : { source: "chatgpt", read: chatgpt };
  }
  if (Object.hasOwn(value, "chat_messages")) return { source: "claude", read: claude };
  const { chat, messages } = value as { chat?: unknown; messages?: unknown };
  if (
    typeof chat === "object" &&
    chat !== null &&
    (Object.hasOwn(chat, "history") || Object.hasOwn(chat, "messages"))
  ) {
    return { source: "openwebui", read: openwebui };
  }
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  const hasVersions = typeof first === "object" && first !== null && Object.hasOwn(first, "versions");
  return hasVersions ? { source: "lmstudio", read: lmstudio } : null;
}
