import { expect, test } from "vitest";
import { readMessageRow } from "../../../electron/workbench/chats/messageRow.ts";

const read = (model: object) => readMessageRow({ role: "assistant", model: JSON.stringify(model) }).model;
const named = { id: "nano", name: "R1 Nano" };
const models = [named, { id: "twin", name: "R1 Twin" }];

test("with which seed and in what a reply was asked for is read", () => {
  for (const asked of [
    { kind: "vote", answers: 8 },
    { kind: "comparison", models },
  ])
    expect(read({ ...named, seed: 7, asked })).toEqual({ ...named, seed: 7, asked });
});

test.each([
  { kind: "vote", answers: 33 },
  { kind: "vote", answers: 0 },
  { kind: "vote", answers: "8" },
  { kind: "comparison", models: [named] },
  { kind: "comparison", models: [...models, ...models] },
  { kind: "comparison", models: [named, { id: 1, name: "" }] },
  { kind: "other", answers: 3 },
  "vote",
])("what cannot have been asked for is left out, and the model is known all the same: %j", (asked) => {
  expect(read({ ...named, seed: -1, asked })).toEqual(named);
});

test("where a model is on a server is read, also of those that are still to answer, and a damaged place is left out", () => {
  const server = { name: "gpu", host: "gpu.example.org", isThisMachine: false };
  const asked = { kind: "comparison", models: [named, { id: "gpu@r1", name: "R1", server }] };
  expect(read({ ...named, server, asked })).toEqual({ ...named, server, asked });
  expect(read({ ...named, server: "gpu" })).toEqual(named);
});
