import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { branchMap } from "../../../electron/workbench/chats/branchMap.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { MessageTree } from "../../../electron/workbench/chats/MessageTree.ts";
import { branchStep } from "../../../renderer/features/chats/branchStep.ts";

/** A tree from pairs of a message and its parent. */
function treeOf(...edges: [id: string, parentId: string | null][]): MessageTree {
  return new MessageTree(edges.map(([id, parentId], index) => ({ id, parentId, sequence: BigInt(index + 1) })));
}
const drawn = (tree: MessageTree, leafId: string | null): string[] =>
  branchMap(tree, leafId).runs.map(
    ({ messageId, count, level, isShown }) => `${"  ".repeat(level - 1)}${messageId}×${count}${isShown ? "*" : ""}`,
  );

describe("the map of branches", () => {
  it("is one run for a chat without versions, and empty for an empty chat", () => {
    expect(drawn(treeOf(["q", null], ["a", "q"], ["q2", "a"]), "q2")).toEqual(["q×3*"]);
    expect(drawn(treeOf(), null)).toEqual([]);
  });

  it("stays flat where each reply has versions, and shows the branch that is chosen last", () => {
    const tree = treeOf(["q", null], ["a", "q"], ["b", "q"], ["q2", "a"], ["c", "q2"], ["d", "q2"], ["e", "d"]);
    expect(drawn(tree, "c")).toEqual(["q×1*", "  b×1", "a×2*", "  d×2", "c×1*"]);
    expect(drawn(tree, "b")).toEqual(["q×1*", "  a×2", "    c×1", "  d×2", "b×1*"]);
  });

  it("has a row for the beginning if the first message has versions", () => {
    const tree = treeOf(["q", null], ["a", "q"], ["p", null]);
    expect(drawn(tree, "a")).toEqual(["q×0*", "  p×1", "q×2*"]);
  });

  it("counts versions, and lists no more runs than the window draws", () => {
    const many = Array.from({ length: 3000 }, (_, index): [string, string] => [`v${index}`, "q"]);
    const { runs, isAll } = branchMap(treeOf(["q", null], ...many), "v5");
    expect({ length: runs.length, isAll }).toEqual({ length: 2000, isAll: false });
    expect(runs[1]?.version).toEqual({ index: 1, count: 3000 });
  });

  it("does not recurse: a chain of thousands of forks is listed", () => {
    const edges: [string, string | null][] = [["m0", null]];
    for (let index = 1; index < 900; index++)
      edges.push([`m${index}`, `m${index - 1}`], [`x${index}`, `m${index - 1}`]);
    const { runs, isAll } = branchMap(treeOf(...edges), "m899");
    expect({ length: runs.length, isAll }).toEqual({ length: 1799, isAll: true });
    expect(Math.max(...runs.map(({ level }) => level))).toBe(2);
  });
});

describe("moving in the map", () => {
  const runs = [1, 2, 3, 2, 1].map((level) => ({ level }));
  it.each([
    ["ArrowDown", 1, 2],
    ["ArrowDown", 4, 4],
    ["ArrowUp", 0, 0],
    ["Home", 3, 0],
    ["End", 0, 4],
    ["ArrowLeft", 3, 0],
    ["ArrowLeft", 2, 1],
    ["ArrowLeft", 0, 0],
    ["ArrowRight", 0, 1],
    ["ArrowRight", 2, 2],
    ["x", 2, null],
  ])("%s leads from row %i to %s", (key, from, to) => {
    expect(branchStep(runs, from, key)).toBe(to);
  });
});

describe("the map of a stored chat", () => {
  let home: string;
  let store: ChatStore;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "branch-map-"));
    store = new ChatStore(home);
  });
  afterEach(() => {
    store.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("says how each run begins, who wrote it, and what was edited", () => {
    const chatId = store.createChat({ thinking: "off", modelId: null }).id;
    const { reply } = store.beginTurn({ chatId, text: "\n# Why *so*?", model: null });
    const end = { thought: "hidden", state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, text: `## Because **of**\n${"x".repeat(100_000)}`, ...end });
    store.editReply({ messageId: reply.id, text: "mine\u202e\u0000" });
    expect(store.mapBranches({ chatId }).runs).toMatchObject([
      { role: "user", excerpt: "# Why *so*?", count: 1, level: 1, isShown: true, isEdited: false },
      { role: "assistant", excerpt: "Because of", count: 1, level: 2, isShown: false, version: { index: 1, count: 2 } },
      { role: "assistant", excerpt: "mine\u202e", count: 1, level: 1, isShown: true, isEdited: true },
    ]);
    expect(() => store.mapBranches({ chatId: "no" })).toThrow(expect.objectContaining({ code: "chat-not-found" }));
  });
});
