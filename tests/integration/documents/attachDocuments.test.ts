import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DraftDocument } from "../../../electron/contract/documents.ts";
import { pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import { followRun, openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "documents-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Opens a workbench, and returns what waits until all documents of a draft have been read. */
async function open() {
  let tell = (): void => undefined;
  const opened = await openTestWorkbench(undefined, ({ name }) => {
    if (name === "documents.changed") tell();
  });
  const { workbench } = opened;
  const settled = async (chatId: string | null): Promise<DraftDocument[]> => {
    for (;;) {
      const heard = new Promise<void>((resolve) => (tell = resolve));
      const documents = await workbench.call("documents.draft", { chatId });
      if (documents.every(({ state }) => state !== "reading")) return documents;
      await heard;
    }
  };
  return { ...opened, settled };
}

const newChat = ({ workbench }: Pick<TestWorkbench, "workbench">) => workbench.call("chats.create", {});

it("are read, chosen from, counted and sent with the question", { timeout: 120_000 }, async () => {
  const { workbench, settled } = await open();
  const { id: chatId } = await newChat({ workbench });
  const pages = ["17 + 25", "The second page", "The third"].map((text) => pdfText(text));
  await workbench.attachDocuments(null, [
    await written("sums.pdf", pdfFile(pages)),
    await written("a\nb.txt", "4 + 4"),
  ]);
  await settled(null);
  await workbench.call("documents.toChat", { chatId });
  expect(await workbench.call("documents.draft", { chatId: null })).toEqual([]);
  const draft = await settled(chatId);
  expect(draft).toMatchObject([
    { state: "ready", attachment: { name: "sums.pdf", unit: "page", parts: 3 } },
    { state: "ready", attachment: { name: "a b.txt", unit: null, parts: 1, chars: 5 } },
  ]);
  const [id = "", other = ""] = draft.map((each) => each.id);
  expect((await workbench.call("documents.count", { attachmentId: id })).isExact).toBe(false);
  await workbench.call("documents.choose", { chatId, id, pages: [{ first: 1, last: 1 }] });
  await expect(
    workbench.call("documents.choose", { chatId, id, pages: [{ first: 4, last: 4 }] }),
  ).rejects.toMatchObject({ code: "pages-not-there" });
  await workbench.call("documents.remove", { chatId, id: other });
  const { runId, messages } = await workbench.call("chats.send", { chatId, text: "?", attachmentIds: [id] });
  expect(messages[0]?.attachments).toMatchObject([{ name: "sums.pdf", pages: [{ first: 1, last: 1 }] }]);
  await followRun(workbench, runId);
  const { messages: stored } = await workbench.call("chats.open", { chatId });
  expect(stored[1]?.state).toBe("done");
  // The question alone has far fewer.
  expect(stored[1]?.stats?.promptTokens).toBeGreaterThan(25);
  const counted = await workbench.call("documents.count", { attachmentId: id });
  expect(counted.isExact).toBe(true);
  expect(counted.tokens).toBeLessThan(stored[1]?.stats?.promptTokens ?? 0);
  expect(await workbench.call("documents.text", { attachmentId: id, part: 2 })).toEqual({
    text: "The second page",
    next: null,
    isIntact: true,
  });
});

it("are refused before anything is sent if they do not fit, with both numbers", { timeout: 120_000 }, async () => {
  const { workbench, settled } = await open();
  const { id: chatId } = await newChat({ workbench });
  for (const words of [30_000, 1_500_000]) {
    await workbench.attachDocuments(chatId, [await written("long.txt", "1 + 2 ".repeat(words / 6))]);
    const [id = ""] = (await settled(chatId)).map((each) => each.id);
    await expect(workbench.call("chats.send", { chatId, text: "?", attachmentIds: [id] })).rejects.toMatchObject({
      code: "documents-too-long",
      facts: { contextSize: expect.any(Number) as number, promptTokens: expect.any(Number) as number },
    });
    expect((await workbench.call("chats.open", { chatId })).messages).toEqual([]);
    expect(await workbench.call("documents.draft", { chatId })).toHaveLength(1);
    await workbench.call("documents.remove", { chatId, id });
  }
});

it("say why they could not be read, until they are removed; one does not keep the others from being read", async () => {
  const { workbench, settled } = await open();
  const { id: chatId } = await newChat({ workbench });
  const paths = [
    join(folder, "none.pdf"),
    folder,
    await written("odd.zip", Buffer.from("PK\u0003\u0004 no")),
    await written("ok.md", "# Ok"),
  ];
  await workbench.attachDocuments(chatId, paths);
  const read = await settled(chatId);
  expect(read.map((each) => (each.state === "refused" ? each.problem.facts?.["case"] : each.state))).toEqual([
    "ready",
    "missing",
    "folder",
    "damaged",
  ]);
  for (const { id } of read) await workbench.call("documents.remove", { chatId, id });
  expect(await workbench.call("documents.draft", { chatId })).toEqual([]);
  const many = Array<string>(21).fill(await written("ok.md", "# Ok"));
  await expect(workbench.attachDocuments(chatId, many)).rejects.toMatchObject({ code: "documents-too-many" });
});

it("can be removed while they are read", async () => {
  const { workbench } = await open();
  const { id: chatId } = await newChat({ workbench });
  await workbench.attachDocuments(chatId, [await written("a.md", "a"), await written("b.md", "b")]);
  const reading = await workbench.call("documents.draft", { chatId });
  expect(reading.map(({ state }) => state)).toEqual(["reading", "reading"]);
  for (const { id } of reading) await workbench.call("documents.remove", { chatId, id });
  expect(await workbench.call("documents.draft", { chatId })).toEqual([]);
});

it("are searched if they are too long, and what was found is sent and told", { timeout: 120_000 }, async () => {
  const { workbench, settled } = await open();
  const { id: chatId } = await newChat({ workbench });
  const lines = Array.from({ length: 3_000 }, (_, at) => `Rule ${at} says what is to be done in case${at}.`);
  await workbench.attachDocuments(chatId, [await written("rules.txt", lines.join("\n"))]);
  const [id = ""] = (await settled(chatId)).map((each) => each.id);
  const send = (text: string) => workbench.call("chats.send", { chatId, text, attachmentIds: [id] });
  await expect(send("What is to be done in case1234?")).rejects.toMatchObject({ code: "documents-too-long" });
  await workbench.call("documents.choose", { chatId, id, use: "search", pages: null });
  await expect(send("Zebras?")).rejects.toMatchObject({
    code: "passages-not-found",
    facts: { names: ["rules.txt"] },
  });
  expect((await workbench.call("chats.open", { chatId })).messages).toEqual([]);
  const question = "What is to be done in case1234?";
  const seen = await workbench.call("chats.nextPrompt", { chatId, question });
  expect(seen?.text).toContain("case1234.");
  expect(seen?.tokens).toBeLessThan(seen?.contextSize ?? 0);
  const { runId, messages } = await send(question);
  const [sent] = messages[0]?.attachments ?? [];
  expect(sent).toMatchObject({ name: "rules.txt", use: "search" });
  const text = lines.join("\n");
  const found = sent?.passages.map(({ start, length }) => text.slice(start, start + length)) ?? [];
  expect(found.join("\n")).toContain("case1234.");
  expect(sent?.passages[0]?.number).toBe(1);
  await followRun(workbench, runId);
  const { messages: stored } = await workbench.call("chats.open", { chatId });
  expect(stored[1]?.stats?.promptTokens).toBe(seen?.tokens);
  const place = { attachmentId: sent?.id ?? "", number: 1 };
  expect(await workbench.call("documents.passage", place)).toMatchObject({
    part: 1,
    piece: expect.any(Number) as number,
  });
  // It waits for the next question, for which nothing need be found.
  expect(await workbench.call("documents.draft", { chatId })).toMatchObject([{ id, attachment: { use: "search" } }]);
  const { messages: thanks } = await send("Zebras?");
  expect(thanks[0]?.attachments).toMatchObject([{ name: "rules.txt", passages: [] }]);
});
