import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ChatPrints } from "../../../electron/main/ChatPrints.ts";
import { writePdfs, type WritePdfsOptions } from "../../../electron/main/writePdfs.ts";
import { words } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

it("leaves temporary chats out of an export of all chats", async () => {
  const path = join(await temporaryFolder(), "chats.zip");
  const chats = [
    { id: "temporary-1", title: "Kept in memory", updatedAt: 1 },
    { id: "kept", title: "Kept on the disk", updatedAt: 2 },
  ];
  const call = (async (name: string, { chatId }: { chatId?: string }) =>
    name === "chats.list"
      ? { chats, next: null }
      : { chat: chats.find(({ id }) => id === chatId) }) as unknown as WritePdfsOptions["workbench"]["call"];
  const printed: string[] = [];
  const prints = {
    pdf: async (chatId: string) => {
      printed.push(chatId);
      return Buffer.from("%PDF-");
    },
  } as unknown as ChatPrints;
  const request = { chatIds: null, format: "pdf", thoughts: false } as const;
  const write = writePdfs({ workbench: { call }, prints, words, request, path, isOne: false });
  const written = await write(new AbortController().signal, () => undefined);
  expect(printed).toEqual(["kept"]);
  expect(written).toMatchObject({ chats: 1 });
  const zip = readFileSync(path).toString("latin1");
  expect(zip).toContain("Kept on the disk.pdf");
  expect(zip).not.toContain("Kept in memory");
});
