import { chmod, cp, mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReplyStats } from "../../electron/contract/chats.ts";
import { backUp } from "../../electron/workbench/backups/backUp.ts";
import { ChatTable } from "../../electron/workbench/chats/ChatTable.ts";
import { MessageTable } from "../../electron/workbench/chats/MessageTable.ts";
import { migrate } from "../../electron/workbench/chats/migrations.ts";
import { openDatabase } from "../../electron/workbench/chats/openDatabase.ts";
import { Statements } from "../../electron/workbench/chats/Statements.ts";
import { rememberVerified } from "../../electron/workbench/downloads/VerifiedFiles.ts";
import { newHome } from "../e2e/support/newHome.ts";
import { ggufBytes } from "../support/GgufPlan.ts";
import { publishedHeader } from "../support/publishedHeader.ts";
import { publishedModels } from "../support/publishedModels.ts";
import { tinyLlama } from "../support/tinyLlama.ts";
import { addServers } from "./picturedServers.ts";
import { type PicturedChat, picturedChats } from "./picturedChats.ts";

const earlierResults = fileURLToPath(new URL("../support/benchmark/version1", import.meta.url));
const hourMs = 3_600_000;
const model = { id: "deepseek-r1-distill-qwen-1.5b-q4_k_m", name: "R1-Distill-Qwen-1.5B" };

/** Returns the home of somebody who has used the app for weeks. */
export async function usedHome(): Promise<string> {
  const home = await newHome();
  const models = join(home, "models");
  await mkdir(models, { recursive: true });
  const downloaded = join(models, "unsloth", "DeepSeek-R1-Distill-Qwen-1.5B-GGUF");
  await mkdir(downloaded, { recursive: true });
  const published = "R1-Distill-Qwen-1.5B Q4_K_M";
  const path = await addModel(downloaded, `DeepSeek-${published.replace(" ", "-")}`, published, "DeepSeek R1 Distill");
  await rememberVerified(models, path, "a".repeat(64), true);
  await addModel(models, "DeepSeek-R1-Distill-Llama-8B-Q4_K_M", "R1-Distill-Llama-8B Q4_K_M", "R1-Distill-Llama-8B");
  await addModel(models, "Qwen3-0.6B-Q8_0", "Qwen3-0.6B", "Qwen3 0.6B");
  await writeFile(join(models, "cut-off-Q4_K_M.gguf"), ggufBytes(tinyLlama()).subarray(0, 500));
  await cp(earlierResults, join(home, "benchmarks"), { recursive: true });
  addChats(home);
  await addServers(home);
  return home;
}

/** Adds a file with the header of a published model and without its weights, which no engine will load. */
async function addModel(folder: string, fileName: string, published: string, name: string): Promise<string> {
  const found = publishedModels.find((each) => each.name === published);
  if (found === undefined) throw new Error(`There is no ${published}.`);
  const { header, fileBytes } = publishedHeader({ ...found, name });
  const path = join(folder, `${fileName}.gguf`);
  await writeFile(path, header);
  await truncate(path, fileBytes);
  // As the app writes it. A change of the mode would make it count as changed.
  await chmod(path, 0o600);
  return path;
}

function addChats(home: string): void {
  const clock = Date.now;
  const database = openDatabase(join(home, "store", "chats.db"));
  try {
    migrate(database);
    const chats = new ChatTable(new Statements(database));
    const messages = new MessageTable(new Statements(database));
    for (const chat of picturedChats.toReversed()) {
      Date.now = () => clock() - chat.hoursAgo * hourMs;
      addChat(chats, messages, chat);
    }
    for (const daysAgo of [6, 3, 1, 0]) {
      const reason = daysAgo === 3 ? "asked" : "day";
      backUp(database, { home, key: null, reason, now: new Date(clock() - daysAgo * 24 * hourMs) });
    }
  } finally {
    Date.now = clock;
    database.close();
  }
}

const stats: ReplyStats = {
  promptTokens: 120,
  cachedTokens: 0,
  thoughtTokens: 412,
  answerTokens: 232,
  ttftMs: 412,
  thoughtMs: 17_600,
  thoughtCut: null,
  prefillTokensPerSecond: 291,
  tokensPerSecond: 23.4,
  stopReason: "end",
  speedSamples: Array.from({ length: 60 }, (_, index) => 22 + 2 * Math.sin(index / 3) + (index % 7) / 3),
};

function addChat(chats: ChatTable, messages: MessageTable, { title, turns }: PicturedChat): void {
  const { id: chatId } = chats.insert("on", model.id);
  chats.titleFromMessage(chatId, title);
  let parentId: string | null = null;
  for (const { question, versions } of turns) {
    const asked: string = messages.insert({
      chatId,
      parentId,
      role: "user",
      text: question,
      state: "done",
      model: null,
      owner: null,
    });
    for (const version of versions) {
      const { thought = null, answer, state = "done", stopReason = "end", problem = null, summary } = version;
      const writer = { ...model, ...version.model };
      parentId = messages.insert({
        chatId,
        parentId: asked,
        role: "assistant",
        text: "",
        state: "streaming",
        model: writer,
        owner: null,
      });
      messages.finish(parentId, {
        text: answer,
        thought,
        state,
        stats: state === "failed" ? null : { ...stats, stopReason },
        problem,
      });
      if (summary !== undefined) messages.setSummary(parentId, { text: summary, model, createdAt: Date.now() });
    }
  }
  if (parentId !== null) chats.chooseLeaf(chatId, parentId);
  chats.touch(chatId);
}
