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
  const cited = (replyId: string, number: number) => passageCited(branch, replyId, number)?.id ?? null;
  expect([cited("a1", 1), cited("a1", 2), cited("a1", 3), cited("a1", 9)]).toEqual(["of q1", "of q1", null, null]);
  expect([cited("a2", 1), cited("a2", 2), cited("a2", 4), cited("a2", 0)]).toEqual(["of q1", "of q2", null, null]);
  expect(cited("gone", 1)).toBeNull();
});
