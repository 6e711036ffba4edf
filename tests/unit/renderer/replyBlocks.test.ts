import { expect, test } from "vitest";
import { replyLimits } from "../../../renderer/features/chats/markdown/answerLimits.ts";
import { ReplyBlocks } from "../../../renderer/features/chats/markdown/ReplyBlocks.ts";
import type { ReplyView } from "../../../renderer/features/chats/markdown/replyView.ts";
import type { BlocksJob, Typeset } from "../../../renderer/features/chats/markdown/Typesetter.ts";
import { typesetBlock } from "../../../renderer/features/chats/markdown/typesetBlock.ts";
import { appendText, growingText, sliceText } from "../../../renderer/stores/growingText.ts";
import { randomMarkdown } from "../../support/chats/randomMarkdown.ts";

/** Opens a reply whose jobs end when the test says so. */
function open(work: (source: string) => Typeset = (source) => typesetBlock(source) ?? "plain") {
  const jobs: BlocksJob[] = [];
  const asked: string[] = [];
  const tasks: (() => void)[] = [];
  const paints: (() => void)[] = [];
  const blocks = new ReplyBlocks({
    typesetter: {
      typeset: (job) => {
        jobs.push(job);
        asked.push(...job.sources);
        return () => {
          const at = jobs.indexOf(job);
          if (at !== -1) jobs.splice(at, 1);
        };
      },
    },
    later: (task) => void tasks.push(task),
    beforePaint: (paint) => void paints.push(paint),
  });
  blocks.setNear(true);
  const doJob = (): void => {
    const job = jobs[0];
    if (!job) return;
    for (const [index, source] of job.sources.entries()) {
      if (!jobs.includes(job)) return;
      if (index === job.sources.length - 1) jobs.shift();
      const typeset = work(source);
      job.onBlock(index, typeset, typeset === "plain" ? 0 : typeset.workMs);
    }
  };
  const settle = (): ReplyView => {
    while (jobs.length + tasks.length + paints.length > 0) {
      doJob();
      for (const task of tasks.splice(0)) task();
      for (const paint of paints.splice(0)) paint();
    }
    return blocks.view();
  };
  return { blocks, jobs, asked, tasks, doJob, settle };
}

const roots = (view: ReplyView) => view.parts.flatMap(({ blocks }) => blocks.map(({ root }) => root));
const shape = (view: ReplyView) => ({
  parts: view.parts.map(({ index, blocks }) => [index, blocks]),
  rest: sliceText(view.text, view.tailFrom),
});
const small = (nodes = 1): Typeset => ({
  root: { type: "root", children: [] },
  counts: { nodes, formulas: 0, cells: 0, numbers: 0 },
  workMs: 0,
});

test("500 documents end up the same, streamed in any pieces or opened at once", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const { text, random } = randomMarkdown(seed);
    const opened = open();
    opened.blocks.update(growingText(text), false);
    const whole = shape(opened.settle());

    const streamed = open();
    const size = [1, 7, 64, 300][seed % 4] ?? 1;
    let shown = growingText("");
    for (let at = 0; at < text.length; ) {
      const length = 1 + Math.floor(random() * size);
      shown = appendText(shown, text.slice(at, at + length));
      at += length;
      streamed.blocks.update(shown, true);
      // Sometimes the worker keeps up, sometimes not.
      if (random() < 0.15) streamed.doJob();
      if (random() < 0.3) for (const task of streamed.tasks.splice(0)) task();
    }
    streamed.blocks.update(growingText(text), false);
    expect(shape(streamed.settle()), `seed ${seed}: ${JSON.stringify(text)}`).toEqual(whole);
  }
}, 120_000);

test("a finished block is typeset once", () => {
  const { blocks, asked, settle } = open();
  let text = growingText("");
  for (let index = 0; index < 60; index++) {
    text = appendText(text, `Paragraph ${index} `);
    blocks.update(text, true);
    settle();
    text = appendText(text, "with **more**.\n\n");
    blocks.update(text, true);
    settle();
  }
  const before = asked.length;
  blocks.update(text, false);
  settle();
  expect(asked.length - before).toBeLessThanOrEqual(2);
  const ended = asked.filter((source) => source.startsWith("Paragraph 7 with"));
  expect(ended).toEqual(["Paragraph 7 with **more**.\n\n"]);
});

test("a growing block has one job at a time, the next has the newest text, and meanwhile its text is shown", () => {
  const { blocks, jobs, tasks, doJob } = open();
  let text = growingText("One");
  blocks.update(text, true);
  for (const word of [" two", " three", " four"]) {
    text = appendText(text, word);
    blocks.update(text, true);
  }
  expect(jobs.map(({ sources }) => sources)).toEqual([["One"]]);
  doJob();
  blocks.update(appendText(text, " five"), true);
  const [part] = blocks.view().parts;
  expect(part?.blocks).toMatchObject([{ state: "drawn", rest: " two three four five" }]);
  for (const task of tasks.splice(0)) task();
  expect(jobs.map(({ sources }) => sources)).toEqual([["One two three four five"]]);
});

test("a growing block that exceeds a limit is plain text until it ends, and is then tried once more", () => {
  const { blocks, asked, settle } = open((source) => (source.includes("end") ? small() : "plain"));
  let text = growingText("bomb");
  for (let index = 0; index < 50; index++) {
    blocks.update(text, true);
    settle();
    text = appendText(text, " more");
  }
  expect(asked).toEqual(["bomb"]);
  blocks.update(appendText(text, " end"), false);
  expect(asked).toHaveLength(2);
  expect(roots(settle())[0]).not.toBeNull();
});

test("where a reply's nodes are used up, plain text begins, at the same place whether it was streamed or not", () => {
  const text = "para\n\n".repeat(60);
  const nodes = replyLimits.nodes / 40;
  const opened = open(() => small(nodes));
  opened.blocks.update(growingText(text), false);
  const view = opened.settle();
  expect(view.isTailPlain).toBe(true);
  expect(view.tailFrom).toBe(40 * 6);
  expect(roots(view).every((root) => root !== null)).toBe(true);

  const streamed = open(() => small(nodes));
  let shown = growingText("");
  for (let at = 0; at < text.length; at += 4) {
    shown = appendText(shown, text.slice(at, at + 4));
    streamed.blocks.update(shown, true);
    streamed.settle();
  }
  streamed.blocks.update(shown, false);
  expect(streamed.settle().tailFrom).toBe(40 * 6);
});

test("once a reply has used up its share of the worker's time, it gets no more", () => {
  const slow: Typeset = {
    root: { type: "root", children: [] },
    counts: { nodes: 1, formulas: 0, cells: 0, numbers: 0 },
    workMs: 1000,
  };
  const { blocks, asked, settle } = open(() => slow);
  blocks.update(growingText(`${"x".repeat(9_000)}\n\n`.repeat(60)), false);
  const view = settle();
  expect(view.isTailPlain).toBe(true);
  expect(asked.length).toBeLessThan(replyLimits.workMs / 1000 + 5);
});

test("a text of 4 MB is cut in steps, and no further than a reply's limits", () => {
  const { blocks, tasks, settle } = open(() => small());
  const text = "a\n\n".repeat(4_000_000 / 3);
  blocks.update(growingText(text), false);
  expect(tasks.length).toBe(1);
  const view = settle();
  expect(roots(view)).toHaveLength(replyLimits.blocks);
  expect(view).toMatchObject({ isTailPlain: true, tailFrom: replyLimits.blocks * 3 });
});

test("one block of 4 MB is plain text, whatever precedes it", () => {
  const { blocks, settle } = open();
  blocks.update(growingText(`First.\n\n${"word ".repeat(800_000)}`), false);
  const view = settle();
  expect(view).toMatchObject({ isTailPlain: true, tailFrom: 8 });
  expect(roots(view)).toHaveLength(1);
});

test("far from the visible part nothing is done; near it, the nearest part comes first", () => {
  const { blocks, asked, settle } = open();
  blocks.setNear(false);
  blocks.update(
    growingText(Array.from({ length: 90 }, (_, index) => `Text ${index} ${"x".repeat(300)}\n\n`).join("")),
    false,
  );
  expect(asked).toEqual([]);
  expect(blocks.view().tailFrom).toBe(0);
  blocks.setPartNear(9, true);
  blocks.setNear(true);
  settle();
  expect(asked[0]).toMatch(/^Text (?:5|6)\d/);
  expect(asked).toHaveLength(90);
});

test("definitions of links and notes apply to all blocks once the reply is complete, if it is short enough", () => {
  const text = "See [this][a] and that.[^1]\n\nMore.\n\n[a]: https://example.org\n\n[^1]: A note.";
  const { blocks, settle, asked } = open();
  blocks.update(growingText(text), true);
  settle();
  expect(asked).not.toContain(text);
  blocks.update(growingText(text), false);
  const view = settle();
  expect(roots(view)).toHaveLength(1);
  expect(JSON.stringify(roots(view))).toContain('"href":"https://example.org"');

  const long = `${text}\n\n${"word ".repeat(20_000)}`;
  const other = open();
  other.blocks.update(growingText(long), false);
  other.settle();
  expect(other.asked).not.toContain(long);
});
