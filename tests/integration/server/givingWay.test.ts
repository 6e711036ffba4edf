import { expect, test } from "vitest";
import { answerForm } from "../../../electron/server/ReplyWish.ts";
import type { WrittenReply } from "../../../electron/workbench/engines/Session.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

test("a thought before an answer with a form gives way, and the answer conforms afterwards", async () => {
  const { workbench } = await openTestWorkbench();
  const { signal } = new AbortController();
  const greedy = { wishes: { temperature: 0 }, signal, modelId: null, onStage: () => undefined };
  const order: string[] = [];
  const person: Promise<unknown>[] = [];
  let [thoughts, answer] = [0, ""];
  const { outcome } = await workbench.answerProgram({
    ...greedy,
    ...answerForm({ enum: ["yes", "no"] }, "schema"),
    maxTokens: 400,
    messages: [{ role: "user", content: "What is 4321 + 5678?" }],
    thinking: "on",
    onPiece(part, text) {
      order.push("program");
      if (part === "answer") answer += text;
      else if (++thoughts === 5) {
        const asked = workbench.answer({
          ...greedy,
          maxTokens: 100,
          messages: [{ role: "user", content: "What is 2 + 3?" }],
          thinking: "on",
          onPiece: () => order.push("person"),
        });
        person.push(asked);
      }
    },
  });
  await Promise.all(person);
  expect(outcome).toBe("done");
  expect(order.lastIndexOf("person")).toBeGreaterThan(0);
  expect(order.lastIndexOf("person")).toBeLessThan(order.lastIndexOf("program"));
  expect(["yes", "no"]).toContain(JSON.parse(answer.trim()));
});

test("a person’s reply comes first, and the program’s goes on afterwards as if nothing had happened", async () => {
  const { workbench } = await openTestWorkbench();
  const { signal } = new AbortController();
  const greedy = { wishes: { temperature: 0 }, maxTokens: 200, signal, modelId: null, onStage: () => undefined };
  const ask = async (onPiece: (text: string) => void): Promise<WrittenReply> =>
    await workbench.answerProgram({
      ...greedy,
      messages: [{ role: "user", content: "What is 4321 + 5678?" }],
      thinking: "on",
      onPiece: (part, text) => onPiece(`${part}:${text}`),
    });
  const textOf = (pieces: string[], part: string): string =>
    pieces.flatMap((piece) => (piece.startsWith(`${part}:`) ? [piece.slice(part.length + 1)] : [])).join("");
  const alone: string[] = [];
  const { stats } = await ask((piece) => alone.push(piece));

  const order: string[] = [];
  const interrupted: string[] = [];
  const person: Promise<unknown>[] = [];
  const program = await ask((piece) => {
    interrupted.push(piece);
    order.push("program");
    // In the middle of its thought.
    if (interrupted.length !== 5) return;
    const asked = workbench.answer({
      ...greedy,
      messages: [{ role: "user", content: "What is 2 + 3?" }],
      thinking: "on",
      onPiece: () => order.push("person"),
    });
    person.push(asked);
  });
  await Promise.all(person);
  expect(order.lastIndexOf("person")).toBeLessThan(order.lastIndexOf("program"));
  expect(order.indexOf("person")).toBeGreaterThan(0);
  for (const part of ["thought", "answer"]) expect(textOf(interrupted, part)).toBe(textOf(alone, part));
  expect(program.stats?.promptTokens).toBe(stats?.promptTokens);
  expect(program.stats?.stopReason).toBe(stats?.stopReason);
});
