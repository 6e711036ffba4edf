import { afterEach, beforeEach, expect, it } from "vitest";
import type { PageRange, ReadDocument } from "../../../electron/contract/documents.ts";
import { toProblem } from "../../../electron/contract/errors.ts";
import type { MessagePassages } from "../../../electron/workbench/chats/AttachmentTable.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { DocumentFit, type DocumentFitOptions } from "../../../electron/workbench/documents/DocumentFit.ts";
import { askStore } from "../../support/chats/askStore.ts";
import { readText } from "../../support/documents/readText.ts";

const library = { answeringServer: () => Promise.resolve(null) } as unknown as DocumentFitOptions["library"];
type Asked = { attachmentIds: readonly string[]; passages?: MessagePassages };

let store: ChatStore;
let chatId: string;
beforeEach(() => {
  store = new ChatStore(null);
  chatId = store.createChat({ thinking: "on", modelId: null }).id;
});
afterEach(() => store.close());

function attach(text: string): string {
  const { id } = store.documents.addDocument({ chatId, name: "a.txt", document: readText(text) });
  return store.documents.changeAttachment({ attachmentId: id, use: "search" }).id;
}

/** Returns what fits documents, with a store that tells of each request before it answers. */
function fitOf(asked: (name: string, params: Asked) => unknown, contextSize?: number, makesRoom = false): DocumentFit {
  const request = (async (name: string, params: Asked) => {
    await asked(name, params);
    return askStore(store, name, params);
  }) as StoreClient["request"];
  const loaded = contextSize === undefined ? { state: "none" } : { state: "ready", facts: { contextSize } };
  const use = (_model: unknown, _purpose: string, _signal: AbortSignal, work: (session: object) => unknown) =>
    work({ contextSize: contextSize ?? null });
  const engines = { isBusy: true, loaded, use } as unknown as DocumentFitOptions["engines"];
  return new DocumentFit({ store: { request }, engines, library, makesRoom: () => makesRoom });
}

it("prepares the documents of one question after those of another, so that they do not forget each other", async () => {
  const ids = [1, 2, 3].map((number) => attach(`numbat${number} eats termites, and rests at night.\n`.repeat(5_000)));
  const steps: (string | undefined)[] = [];
  const fit = fitOf((name, { attachmentIds }) => {
    if (name === "indexPassages") steps.push(attachmentIds[0]);
  });
  const [first = "", second = "", third = ""] = ids;
  const [, , passages] = await Promise.all([
    fit.prepare(chatId, [first]),
    fit.prepare(chatId, [second]),
    fit.passages({ chatId, text: "numbat3?", attachmentIds: [third] }),
  ]);
  expect(passages[third]?.length).toBeGreaterThan(0);
  expect(steps.filter((id) => id === first).length).toBeGreaterThan(1);
  expect(steps.filter((id, at) => id !== steps[at - 1])).toEqual(ids);
});

it("answers at once when the documents of a question are prepared, or not searched", async () => {
  const [ready, other] = [attach("A numbat."), attach("A quokka.")];
  const { id: whole } = store.documents.addDocument({ chatId, name: "b.txt", document: readText("An okapi.") });
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const fit = fitOf((name, { attachmentIds }) =>
    name === "indexPassages" && attachmentIds[0] === other ? gate : null,
  );
  await fit.prepare(chatId, [ready]);
  const slow = fit.prepare(chatId, [other]);
  const found = await fit.passages({ chatId, text: "numbat", attachmentIds: [ready, whole] });
  expect(found).toMatchObject({ [ready]: [{ number: 1 }] });
  expect(await fit.passages({ chatId, text: "numbat", attachmentIds: [whole] })).toEqual({});
  goOn();
  await slow;
});

it("prepares others after a failure", async () => {
  const fit = fitOf(() => undefined);
  const id = attach("A numbat.");
  const failed = fit.prepare(chatId, ["none"]);
  const found = fit.passages({ chatId, text: "numbat", attachmentIds: [id] });
  await expect(failed).rejects.toMatchObject({ code: "document-not-found" });
  expect(await found).toMatchObject({ [id]: [{ number: 1, part: 1 }] });
});

it("ends with a problem when what was prepared is forgotten each time", async () => {
  let times = 0;
  const fit = fitOf((name) => {
    if (name !== "findPassages") return;
    // A test that goes on for ever says nothing.
    if (++times > 1_000) throw new Error("It goes on.");
    store.purgeChats({ chatIds: [store.createChat({ thinking: "on", modelId: null }).id] });
  });
  const asked = fit.passages({ chatId, text: "numbat", attachmentIds: [attach("A numbat.")] });
  await expect(asked).rejects.toMatchObject({ code: "store-failed" });
});

it("uses as many passages as fit, and asks the store once for each number that it tries", async () => {
  const tried: number[] = [];
  const id = attach("A numbat eats termites, and rests at night. ".repeat(2_000));
  const fit = fitOf((name, { passages }) => {
    if (name === "previewTurn") tried.push(passages?.[id]?.length ?? 0);
  }, 4_096);
  const { [id]: sent = [] } = await fit.expectFit({ chatId, text: "numbat", attachmentIds: [id] });
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.length).toBeLessThan(20);
  expect(tried).toContain(sent.length);
  expect(new Set(tried).size).toBe(tried.length);
});

it("leaves the messages before it to the setting for long chats, but not the documents", async () => {
  const { reply } = store.beginTurn({ chatId, text: "words ".repeat(5_000), model: null });
  store.finishReply({ messageId: reply.id, text: "!", thought: null, state: "done", stats: null, problem: null });
  const add = (text: string) => store.documents.addDocument({ chatId, name: "a.txt", document: readText(text) }).id;
  const ask = (id: string, makesRoom: boolean) =>
    fitOf(() => undefined, 1_024, makesRoom).expectFit({ chatId, text: "?", attachmentIds: [id] });
  const short = add("A numbat.");
  await expect(ask(short, false)).rejects.toMatchObject({ code: "documents-too-long" });
  expect(await ask(short, true)).toEqual({});
  await expect(ask(add("words ".repeat(5_000)), true)).rejects.toMatchObject({ code: "documents-too-long" });
});

it("refuses what is far too long without reading it", async () => {
  const names: string[] = [];
  const fit = fitOf((name) => names.push(name), 8_192);
  const refused = async (document: ReadDocument, pages: PageRange[] | null = null) => {
    const { id } = store.documents.addDocument({ chatId, name: "a.pdf", document });
    store.documents.changeAttachment({ attachmentId: id, pages });
    names.length = 0;
    return fit.expectFit({ chatId, text: "Why?", attachmentIds: [id] }).then(
      () => null,
      (error: unknown) => toProblem(error),
    );
  };
  const english = "An okapi eats leaves. ".repeat(20_000);
  expect(await refused(readText(english))).toMatchObject({
    code: "documents-too-long",
    facts: { case: "about", contextSize: 8_192, promptTokens: expect.closeTo(english.length / 4, -3) as number },
  });
  expect(names).not.toContain("previewTurn");
  const attachmentIds = store.documents.draftAttachments({ chatId }).map(({ id }) => id);
  const shown = { chatId, text: "Why?", attachmentIds };
  await expect(fit.expectReadable(shown)).rejects.toMatchObject({ code: "documents-too-long" });
  const large = fitOf((name) => names.push(name), 131_072);
  await expect(large.expectReadable(shown)).resolves.toBeUndefined();
  // Of chosen pages, only these count.
  const pages = readText(["An okapi.", english, "报销申请必须在三十天内提交。".repeat(20_000), "A numbat."]);
  expect(await refused(pages, [{ first: 2, last: 2 }])).toMatchObject({ code: "documents-too-long" });
  expect(await refused(pages, [{ first: 3, last: 4 }])).toMatchObject({
    facts: { promptTokens: expect.closeTo((3 * 280_000) / 4, -3) as number },
  });
  expect(names).not.toContain("previewTurn");
  expect(await refused(pages, [{ first: 1, last: 1 }])).toBeNull();
  expect(names).toContain("previewTurn");
});
