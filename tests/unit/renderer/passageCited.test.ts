import { expect, it } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { passageCited } from "../../../renderer/features/chats/passageCited.ts";

const message = (id: string, role: string, numbers: number[] = []): Message =>
  ({
    id,
    role,
    attachments: [{ id: `of ${id}`, passages: numbers.map((number) => ({ number, part: 1, start: 0, length: 1 })) }],
  }) as unknown as Message;

it("finds the passage that an answer means by a number: of the nearest question above it", () => {
  const branch = [
    message("q1", "user", [1, 2]),
    message("a1", "assistant", [9]),
    message("q2", "user", [2, 3]),
    message("a2", "assistant"),
    message("q3", "user", [4]),
  ];
  const cited = (askedId: string, number: number) => passageCited(branch, askedId, number)?.id ?? null;
  expect([cited("q1", 1), cited("q1", 2), cited("q1", 3), cited("q1", 9)]).toEqual(["of q1", "of q1", null, null]);
  expect([cited("q2", 1), cited("q2", 2), cited("q2", 4), cited("q2", 0)]).toEqual(["of q1", "of q2", null, null]);
  expect(cited("gone", 1)).toBeNull();
});
