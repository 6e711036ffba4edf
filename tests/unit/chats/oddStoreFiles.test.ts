import { execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let home: string;
let foreign: string;
beforeEach(async () => {
  home = await temporaryFolder();
  foreign = join(await temporaryFolder(), "foreign.db");
  await writeFile(foreign, "foreign");
});

const inTheWay: Record<string, (path: string) => Promise<unknown> | void> = {
  "a named pipe": (path) => void execFileSync("mkfifo", [path]),
  "a folder": (path) => mkdir(path),
  "a link to another file": (path) => symlink(foreign, path),
  "a link to nothing": (path) => symlink(join(home, "nowhere"), path),
  "a link to an endless device": (path) => symlink("/dev/zero", path),
};
const kinds = process.platform === "win32" ? [] : Object.keys(inTheWay);

test.each(kinds)("%s in the store's place is an error with a code, and is left as it is", async (kind) => {
  await mkdir(join(home, "store"));
  const path = join(home, "store", "chats.db");
  await inTheWay[kind]?.(path);
  const blocked = expect.objectContaining({ code: "file-blocked", message: expect.stringContaining(path) as string });
  expect(() => new ChatStore(home)).toThrow(blocked as unknown as Error);
  expect(await readFile(foreign, "utf8")).toBe("foreign");
  expect(await readdir(join(home, "store"))).toEqual(["chats.db", "owners"]);
  expect(await readdir(home)).toEqual(["store"]);
});

test.each(kinds)("%s where the store keeps its log stops nobody for ever either", async (kind) => {
  new ChatStore(home).close();
  const path = join(home, "store", "chats.db-wal");
  expect(await lstat(path).catch(() => null)).toBeNull();
  await inTheWay[kind]?.(path);
  expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "file-blocked" }) as unknown as Error);
  expect(await readFile(foreign, "utf8")).toBe("foreign");
});

test("a file in place of the store's folder is the same error", async () => {
  await writeFile(join(home, "store"), "");
  expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "file-blocked" }) as unknown as Error);
});

test.each([...kinds, "no database", "a file that may not be read"])(
  "%s among the owners blocks no chat and passes for no living process",
  async (kind) => {
    const first = new ChatStore(home);
    const { id } = first.createChat({ thinking: "on", modelId: null });
    first.beginTurn({ chatId: id, text: "kept", model: null });
    // A death in mid-reply: the owner's lock is gone, its file stays and is replaced by something odd.
    const owners = join(home, "store", "owners");
    const [name = ""] = await readdir(owners);
    first.close();
    const path = join(owners, name);
    if (kind === "no database") await writeFile(path, "no database ".repeat(500));
    else if (kind === "a file that may not be read") {
      await writeFile(path, "");
      await chmod(path, 0);
    } else await inTheWay[kind]?.(path);
    for (let start = 0; start < 2; start++) {
      const store = new ChatStore(home);
      const { messages } = store.openChat({ chatId: id });
      expect(messages.map(({ text, state }) => [text, state])).toEqual([
        ["kept", "done"],
        ["", "interrupted"],
      ]);
      store.close();
    }
    expect(await readFile(foreign, "utf8")).toBe("foreign");
  },
);
