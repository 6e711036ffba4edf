import { join } from "node:path";
import { expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { importFrom, lookInto } from "../../support/exports/moveChats.ts";
import { chat, chatFile, hostileImports, message } from "../../support/imports/hostileImports.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { writeFileSync } from "node:fs";

it("has sixty of them", () => expect(hostileImports.length).toBeGreaterThanOrEqual(60));

// The largest of them take long on a busy machine.
it.each(hostileImports)(
  "$name",
  async ({ write, ends }) => {
    const file = join(await temporaryFolder(), "file");
    await write(file);
    if ("code" in ends) {
      const { code, case: which } = ends;
      await expect(lookInto(file)).rejects.toMatchObject({
        code,
        ...(which !== undefined && { facts: { case: which } }),
      });
    } else expect(await lookInto(file)).toMatchObject(ends);
    expect(({} as { isAdmin?: true }).isAdmin).toBeUndefined();
  },
  300_000,
);

it("imports what is left of them, and the store is sound", async () => {
  const folder = await temporaryFolder();
  const store = new ChatStore(join(folder, "home"));
  try {
    for (const [index, { name, write, ends }] of hostileImports.entries()) {
      if ("code" in ends || name.includes("100")) continue;
      const file = join(folder, `file ${index}`);
      await write(file);
      await importFrom(file, store, "copy");
    }
    let messages = 0;
    for (let cursor: string | null = null; ; ) {
      const page = store.listChats({ cursor });
      for (const { id } of page.chats) {
        const opened = store.openChat({ chatId: id });
        expect(opened.chat.problem).toBeNull();
        messages += opened.messages.length;
      }
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(messages).toBeGreaterThan(20);
    expect(store.searchChats({ query: "hello", cursor: null }).hits.length).toBeGreaterThan(10);
  } finally {
    store.close();
  }
}, 300_000);

it("gives an id of a temporary chat another one, so that it is kept on the disk", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(
    file,
    chatFile([
      { ...chat, id: "temporary-1" },
      { ...message, id: "temporary-2" },
    ]),
  );
  const store = new ChatStore(join(folder, "home"));
  try {
    await importFrom(file, store);
    const [only] = store.listChats({ cursor: null }).chats;
    expect(only?.id).not.toMatch(/^temporary/);
    expect(store.openChat({ chatId: only?.id ?? "" }).messages[0]?.id).not.toMatch(/^temporary/);
  } finally {
    store.close();
  }
});

it("ends when it is cancelled", async () => {
  const file = join(await temporaryFolder(), "file");
  writeFileSync(file, chatFile([chat, message]));
  const cancelled = AbortSignal.abort(new Error("cancelled"));
  await expect(lookInto(file, cancelled)).rejects.toThrow("cancelled");
});
