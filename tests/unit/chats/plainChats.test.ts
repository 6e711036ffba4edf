import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import type { Notice } from "../../../electron/contract/notices.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { type ChatsOptions, chatsHandlers } from "../../../electron/workbench/chats/chatsHandlers.ts";
import { PlainChats } from "../../../electron/workbench/chats/PlainChats.ts";
import { Notices } from "../../../electron/workbench/Notices.ts";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plain-chats-"));
  path = join(home, "plain-chats.json");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("a chat is plain after the second crash with it open, even if the app was restarted in between", () => {
  const told: string[] = [];
  const first = new PlainChats(home);
  first.onPlain = (chatId) => told.push(chatId);
  expect(first.died("a")).toBe(false);
  expect(first.died("b")).toBe(false);
  const second = new PlainChats(home);
  second.onPlain = (chatId) => told.push(chatId);
  expect(second.isPlain("a")).toBe(false);
  expect(second.died("a")).toBe(true);
  expect(new PlainChats(home).isPlain("a")).toBe(true);
  expect(new PlainChats(home).isPlain("b")).toBe(false);
  expect(told).toEqual(["a"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it("one crash is forgotten once the chat was left without one; a plain chat stays plain until the user asks", () => {
  const chats = new PlainChats(home);
  chats.died("a");
  chats.left("a");
  expect(chats.died("a")).toBe(false);
  expect(chats.died("a")).toBe(true);
  chats.left("a");
  expect(chats.isPlain("a")).toBe(true);
  chats.showAsUsual("a");
  expect(chats.isPlain("a")).toBe(false);
  expect(chats.died("a")).toBe(true);
  chats.forget("a");
  expect(new PlainChats(home).isPlain("a")).toBe(false);
});

it("a damaged file counts as none, and what is remembered is limited", () => {
  for (const text of ["", "{", '{"deaths":{"a":"2"}}', '{"deaths":[]}', '{"deaths":{"__proto__":2}}', "[]"]) {
    writeFileSync(path, text);
    expect(new PlainChats(home).isPlain("a"), text).toBe(false);
  }
  const chats = new PlainChats(home);
  for (let number = 0; number < 500; number++) chats.died(`chat-${number}`);
  const { deaths } = JSON.parse(readFileSync(path, "utf8")) as { deaths: Record<string, number> };
  expect(Object.keys(deaths)).toHaveLength(200);
  expect(deaths["chat-499"]).toBe(1);
});

it.each([
  ["Sums", "The window stopped working twice while the chat “Sums” was open, so it was opened without that chat."],
  [
    "\u202Esmus\u2066",
    "The window stopped working twice while the chat “smus” was open, so it was opened without that chat.",
  ],
  ["", "The window stopped working twice while a chat was open, so it was opened without that chat."],
])("for a chat called %j, the notice says which it was", async (title, what) => {
  const plainChats = new PlainChats(home);
  const told = new Promise<Notice[]>((resolve) => {
    const store = { request: () => Promise.resolve({ title }) };
    chatsHandlers({ store, plainChats, notices: new Notices(resolve) } as unknown as ChatsOptions);
  });
  plainChats.died("a");
  plainChats.died("a");
  const [notice] = await told;
  expect(notice).toMatchObject({ chatId: "a", problem: { code: "chat-plain" } });
  expect(notice && failureText(openTexts("en"), notice.problem).what).toBe(what);
});

it("its notice takes the place of that of the first crash", async () => {
  const plainChats = new PlainChats(home);
  const lists: Notice[][] = [];
  const notices = new Notices((list) => lists.push(list));
  const store = { request: () => Promise.resolve({ title: "Sums" }) };
  chatsHandlers({ store, plainChats, notices } as unknown as ChatsOptions);
  notices.add(problemOf("page-crashed"));
  plainChats.died("a");
  plainChats.died("a");
  await expect.poll(() => lists.at(-1)?.map(({ problem }) => problem.code)).toEqual(["chat-plain"]);
});
