import { expect, test } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { Run } from "../../../electron/workbench/runs/Run.ts";

const far = { name: "gpu", host: "gpu.example.org", isThisMachine: false };
const near = { name: "ollama", host: "localhost:11434", isThisMachine: true };

function replyOf(text: string, server?: typeof far): Message {
  return {
    id: "reply",
    chatId: "chat",
    parentId: null,
    role: "assistant",
    createdAt: 0,
    text,
    thought: null,
    state: "streaming",
    model: { id: "r1", name: "R1", ...(server && { server }) },
    stats: null,
    problem: null,
    version: { index: 1, count: 1, ids: ["reply"] },
  };
}

test.each([
  { text: "begun", before: far, now: undefined, kept: far },
  { text: "begun", before: far, now: near, kept: far },
  { text: "begun", before: near, now: far, kept: far },
  { text: "begun", before: undefined, now: far, kept: far },
  // Nothing was written there.
  { text: "", before: far, now: undefined, kept: undefined },
])("a reply that is continued elsewhere keeps that it left this machine: %j", ({ text, before, now, kept }) => {
  const run = new Run(replyOf(text, before));
  run.setModel({ id: "nano", name: "R1 Nano", ...(now && { server: now }) });
  expect(run.message.model?.server).toEqual(kept);
});
