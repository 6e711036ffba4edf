import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Incoming } from "../../../electron/workbench/imports/Incoming.ts";
import { readImport } from "../../../electron/workbench/imports/readImport.ts";

export interface Said {
  role: string;
  text: string;
  thought: string | null;
  /** What the message above it says. */
  after: string | null;
}

export interface ReadChat {
  source: string;
  title: string;
  createdAt: string;
  systemPrompt: string;
  pinned: boolean;
  /** What the last message of the shown branch says. */
  shown: string | undefined;
  leftOut: number;
  models: (string | undefined)[];
  messages: Said[];
}

/** Reads a file with one chat. */
export async function readForeign(path: string): Promise<ReadChat> {
  const all: Incoming[] = [];
  for await (const incoming of readImport(path, () => undefined)) all.push(incoming);
  expect(all.filter(({ type }) => type === "skipped")).toEqual([]);
  const source = all.find((each) => each.type === "source");
  const chats = all.filter((each) => each.type === "chat");
  const messages = all.filter((each) => each.type === "message");
  const leftOut = all.find((each) => each.type === "leftOut");
  expect(chats).toHaveLength(1);
  const [chat] = chats;
  if (chat === undefined) throw new Error("no chat");
  const textOf = (id: string | null): string | null => messages.find((message) => message.id === id)?.text ?? null;
  return {
    source: source?.source ?? "",
    title: chat.title,
    createdAt: new Date(chat.createdAt).toISOString(),
    systemPrompt: chat.systemPrompt,
    pinned: chat.pinned,
    shown: textOf(chat.leafId) ?? undefined,
    leftOut: leftOut?.count ?? 0,
    models: messages
      .filter(({ role }) => role === "assistant")
      .map(({ model }) => model?.["name"] as string | undefined),
    messages: messages.map(({ role, text, thought, parentId }) => ({ role, text, thought, after: textOf(parentId) })),
  };
}

/** Reads a JSON file with one chat, which is written to this folder first. */
export async function readForeignJson(folder: string, value: unknown): Promise<ReadChat> {
  const file = join(folder, "export.json");
  writeFileSync(file, JSON.stringify(value));
  return await readForeign(file);
}

export const user = (text: string, after: string | null = null): Said => ({ role: "user", text, thought: null, after });
export const reply = (text: string, after: string, thought: string | null = null): Said => ({
  role: "assistant",
  text,
  thought,
  after,
});
