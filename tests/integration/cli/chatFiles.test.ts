import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { runR1 } from "../../support/cli/runR1.ts";

const work = mkdtempSync(join(tmpdir(), "r1-chat-files-"));
const home = join(work, "home");
const other = join(work, "other");
const ids: string[] = [];
beforeAll(() => {
  mkdirSync(home);
  const store = new ChatStore(home);
  for (const question of ["What is a prime?", "Where is Lisbon?"]) ids.push(addAnsweredChat(store, question));
  store.close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function json(args: string[], to = home): Promise<unknown> {
  const { stdout } = await runR1([...args, "--json"], { home: to, folder: work });
  return JSON.parse(stdout);
}

it("r1 chats lists and searches the chats with the number of their messages", async () => {
  const [prime = "", lisbon = ""] = ids;
  const listed = { updatedAt: expect.any(Number), messages: 2 };
  expect(await json(["chats"])).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...listed, id: prime, title: "What is a prime?" }),
      expect.objectContaining({ ...listed, id: lisbon, title: "Where is Lisbon?" }),
    ]),
  );
  expect(await json(["chats", "--query", "lisbon"])).toEqual([expect.objectContaining({ ...listed, id: lisbon })]);
});

it("r1 export writes some chats or all; r1 import shows what is in a file, and imports it with --apply", async () => {
  const [prime = ""] = ids;
  const one = { files: [join(work, "one.md")], chats: 1, messages: 2 };
  expect(await json(["export", prime, "--format", "md", "one.md"])).toMatchObject(one);
  expect(readFileSync(join(work, "one.md"), "utf8")).toContain("What is a prime?");
  const all = { files: [join(work, "all.jsonl")], chats: 2, messages: 4 };
  expect(await json(["export", "--all", "all.jsonl"])).toMatchObject(all);

  const preview = { source: "r1", chats: 2, messages: 4, problems: [] };
  expect(await json(["import", "all.jsonl"], other)).toMatchObject(preview);
  expect(await json(["chats"], other)).toEqual([]);
  const shown = await runR1(["import", "all.jsonl"], { home: other, folder: work });
  expect(shown.stdout).toContain("What is a prime?");
  expect(shown.stderr).toContain("Add --apply to import this.");
  expect(await json(["import", "all.jsonl", "--apply"], other)).toMatchObject({ imported: { chats: 2, messages: 4 } });
  expect(await json(["chats"], other)).toHaveLength(2);

  const whole = readFileSync(join(work, "all.jsonl"), "utf8");
  writeFileSync(join(work, "all.jsonl"), whole.slice(0, whole.lastIndexOf("\n", whole.length - 2) + 1));
  expect(await json(["import", "all.jsonl"], other)).toMatchObject({ problems: [{ code: "incomplete" }] });
});

it.skipIf(process.platform === "win32")("r1 import refuses a named pipe and a file that is not there", async () => {
  execFileSync("mkfifo", [join(work, "pipe")]);
  const error = { code: "import-failed", facts: { case: "unreadable" } };
  expect(await json(["import", "pipe"], other)).toMatchObject({ error });
  expect(await json(["import", "none.json"], other)).toMatchObject({ error: { ...error, facts: { case: "missing" } } });
});
