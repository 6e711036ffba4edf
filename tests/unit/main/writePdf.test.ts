import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { writePdf, type WritePdfOptions } from "../../../electron/main/writePdf.ts";
import { pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import { words } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

interface Given {
  chatIds?: string[] | null;
  /** What printing a chat does. */
  print?: (chatId: string, deleteChat: (id: string) => void) => Promise<Uint8Array>;
  /** What closing the window does. */
  close?: () => void;
}

async function write(
  { chatIds = null, print = async (id) => pdfFile([pdfText(id)]), close = () => undefined }: Given = {},
  signal = new AbortController().signal,
) {
  const path = join(await temporaryFolder(), "chats.pdf");
  let chats = [
    { id: "temporary-1", title: "Kept in memory", updatedAt: 1 },
    { id: "first", title: "The first", updatedAt: 2 },
    { id: "second", title: "", updatedAt: 3 },
  ];
  const call = (async (name: string, { chatId }: { chatId?: string }) => {
    if (name === "chats.list") return { chats, next: null };
    const chat = chats.find(({ id }) => id === chatId);
    if (chat === undefined) throw new WorkbenchError("chat-not-found");
    return { chat };
  }) as unknown as WritePdfOptions["workbench"]["call"];
  const printed: string[] = [];
  let closed = 0;
  const pdfs = () => ({
    pdf: async (chatId: string) => {
      printed.push(chatId);
      return await print(chatId, (gone) => {
        chats = chats.filter(({ id }) => id !== gone);
      });
    },
    close: () => {
      closed++;
      close();
    },
  });
  const request = { chatIds, format: "pdf", thoughts: false } as const;
  const steps: string[] = [];
  const writing = writePdf({ workbench: { call }, prints: { pdfs }, words, request, path });
  const outcome = await writing(signal, (done, total) => steps.push(`${done}/${total}`)).catch(
    (error: unknown) => error,
  );
  return { outcome, printed, steps, closed, text: existsSync(path) ? readFileSync(path, "latin1") : null };
}

it("writes all chats into one PDF, without temporary ones", async () => {
  const { outcome, printed, steps, closed, text } = await write();
  expect(printed).toEqual(["first", "second"]);
  expect(steps).toEqual(["0/2", "1/2"]);
  expect(outcome).toMatchObject({ chats: 2, sizeBytes: text?.length });
  expect(text?.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
  expect(text).toContain(Buffer.from("Untitled", "utf16le").swap16().toString("hex"));
  expect(closed).toBe(1);
});

it("writes a single chat as it was printed", async () => {
  const { outcome, text } = await write({ chatIds: ["first"] });
  expect(outcome).toMatchObject({ chats: 1 });
  expect(text).toBe(pdfFile([pdfText("first")]).toString("latin1"));
});

it("leaves out a chat that is deleted before or while it is printed", async () => {
  const whileOther = await write({
    print: async (id, deleteChat) => {
      deleteChat("second");
      return pdfFile([pdfText(id)]);
    },
  });
  expect(whileOther).toMatchObject({ outcome: { chats: 1 }, printed: ["first"] });
  const meanwhile = await write({
    print: async (id, deleteChat) => {
      if (id === "second") return pdfFile([pdfText(id)]);
      deleteChat(id);
      throw new WorkbenchError("print-failed");
    },
  });
  expect(meanwhile).toMatchObject({ outcome: { chats: 1 }, printed: ["first", "second"] });
  const gone = await write({ chatIds: ["none"] });
  expect(gone).toMatchObject({ outcome: { code: "chat-not-found" }, text: null, closed: 1 });
});

it("tries once more if the window closed, because the chat before was deleted after it was printed", async () => {
  let tries = 0;
  const again = await write({
    print: async (id, deleteChat) => {
      if (id === "second" && ++tries === 1) {
        deleteChat("first");
        throw new WorkbenchError("print-failed");
      }
      return pdfFile([pdfText(id)]);
    },
  });
  expect(again).toMatchObject({ outcome: { chats: 2 }, printed: ["first", "second", "second"] });
});

it("does not wait for a window that is printing when it is cancelled", async () => {
  const cancelling = new AbortController();
  let fail = (): void => undefined;
  const cancelled = await write(
    {
      print: () =>
        new Promise((_, reject) => {
          fail = () => reject(new WorkbenchError("print-failed"));
          cancelling.abort();
        }),
      close: () => fail(),
    },
    cancelling.signal,
  );
  expect(cancelled).toMatchObject({ outcome: cancelling.signal.reason, text: null, printed: ["first"] });
});

it("fails as a whole if a chat cannot be printed, and stops when it is cancelled", async () => {
  const failed = await write({ print: () => Promise.reject(new WorkbenchError("print-failed")) });
  expect(failed).toMatchObject({
    outcome: { code: "print-failed" },
    printed: ["first", "first"],
    text: null,
    closed: 1,
  });
  const cancelling = new AbortController();
  const cancelled = await write(
    {
      print: async (id) => {
        cancelling.abort();
        return pdfFile([pdfText(id)]);
      },
    },
    cancelling.signal,
  );
  expect(cancelled).toMatchObject({ outcome: cancelling.signal.reason, text: null, printed: ["first"], closed: 2 });
});
