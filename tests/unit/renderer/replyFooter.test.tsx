// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fewerSamples } from "../../../renderer/features/chats/fewerSamples.ts";
import { linePoints } from "../../../renderer/features/chats/linePoints.ts";
import { ReplyFooter } from "../../../renderer/features/chats/ReplyFooter.tsx";
import { replyMarkdown } from "../../../renderer/features/chats/replyMarkdown.ts";
import { ReplyPopups } from "../../../renderer/features/chats/ReplyPopups.tsx";
import { ThoughtLine } from "../../../renderer/features/chats/ThoughtLine.tsx";
import { growingText } from "../../../renderer/stores/growingText.ts";
import { SpeedOfReply } from "../../../renderer/features/chats/SpeedOfReply.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { texts } from "../../../renderer/texts.ts";
import type { Message, ReplyStats, ThoughtCut } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { chat, fakeBridge, live, stats } from "./fakeBridge.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  void texts.choose("en");
  vi.useRealTimers();
});

/** Advances the window's clock. */
const pass = (ms: number): void =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

const message: Message = {
  id: "r",
  chatId: "c",
  parentId: "q",
  role: "assistant",
  createdAt: 1,
  text: "42",
  thought: null,
  state: "done",
  model: { id: "qwen", name: "R1-Distill-Qwen-7B" },
  stats,
  problem: null,
  version: { index: 2, count: 3, ids: ["p", "r", "s"] },
};

interface Shown {
  figures: LiveReply | ReplyStats;
  isWriting?: boolean;
  more?: Partial<Message>;
}

/** The footer with the popups of its chat, as the list of messages shows it. */
function Footer({ figures, isWriting = "memory" in figures, more = {} }: Shown) {
  const shown = { ...message, stats: "stopReason" in figures ? figures : null, ...more };
  return (
    <>
      <ReplyFooter
        message={shown}
        modelName="R1-Distill-Qwen-7B"
        place={undefined}
        figures={figures}
        isWriting={isWriting}
        isLast
      />
      <ReplyPopups conversation={{ chat: chat("c"), messages: [shown], earlier: null, later: null }} canChange />
    </>
  );
}

function open(shown: Shown) {
  const { bridge } = fakeBridge();
  const stores = createStores(openDoor(bridge));
  const tree = (now: Shown) => (
    <StoresContext value={stores}>
      <Footer {...now} />
    </StoresContext>
  );
  const { rerender } = render(tree(shown));
  return { show: (now: Shown) => rerender(tree(now)), stores };
}

const line = (): string => document.querySelector(".reply-footer")?.textContent ?? "";

test("a reply that has ended: model, speed, time to the first token, and tokens in and out, in this order", async () => {
  open({ figures: stats });
  expect(line()).toContain("R1-Distill-Qwen-7B23.4 tok/s0.3 s to first token1,204 in, 162 out");
  pass(60_000);
  expect(line()).toContain("23.4 tok/s");
  await act(() => texts.choose("fr"));
  expect(line()).toContain("23,4\u00a0tok/s");
  expect(line()).toContain("204 lus, 162 écrits");
  await act(() => texts.choose("zh-CN"));
  expect(line()).toContain("读取 1,204，生成 162");
});

test("during a reply the row has the current speed and no buttons; afterwards it has them all, by name", () => {
  const { show } = open({ figures: live });
  expect(line()).toContain("24.1 tok/s");
  expect(line()).toContain("40 in, 301 out");
  expect(screen.queryByRole("button", { name: "Regenerate" })).toBeNull();
  show({ figures: stats });
  const names = screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"));
  const versions = ["Previous version", "Version 2/3: show the branches of this chat", "Next version"];
  expect(names.slice(1)).toEqual([...versions, "Copy", "Regenerate", "More"]);
  expect(line()).toContain("2/3");
});

test("an engine that reports nothing for two seconds has no current speed; its next figure is shown again", () => {
  const { show } = open({ figures: live });
  pass(1900);
  // Each new figure restarts the wait, even if it is equal.
  show({ figures: { ...live } });
  pass(1900);
  expect(line()).toContain("24.1 tok/s");
  pass(100);
  expect(line()).toContain("– tok/s");
  expect(line()).toContain("engine not responding");
  expect(line()).not.toContain("24.1");
  show({ figures: { ...live, tokensPerSecondNow: 0.4 } });
  expect(line()).toContain("0.4 tok/s");
});

test("until its speed is known a reply has words in its place; one that ended without it has neither", () => {
  const { show } = open({ figures: { ...live, tokensPerSecondNow: null, ttftMs: 34 } });
  expect(line()).toContain("measuring…0.034 s to first token40 in");
  expect(line()).not.toContain("–");
  show({ figures: live });
  expect(line()).toContain("24.1 tok/s");
  show({ figures: { ...stats, tokensPerSecond: null, speedSamples: [], thoughtTokens: 0, answerTokens: 1 } });
  expect(line()).toContain("R1-Distill-Qwen-7B0.3 s to first token");
  expect(line()).not.toContain("–");
});

test("the end of a short reply leaves what is beside its figures in its place", () => {
  const { show } = open({ figures: live });
  const places = (): string[] =>
    Array.from(document.querySelectorAll(".reply-speed > *"), ({ classList }) => classList[0] ?? "");
  const before = places();
  expect(before).toEqual(["reply-now", "sparkline", "reply-first", ""]);
  show({ figures: { ...stats, speedSamples: [] } });
  expect(places()).toEqual(before);
  show({ figures: { ...stats, tokensPerSecond: null, speedSamples: [], thoughtTokens: 0, answerTokens: 1 } });
  expect(places()).toEqual(before);
  cleanup();
  // Nothing moves in a chat that is opened later.
  open({ figures: { ...stats, tokensPerSecond: null, speedSamples: [], thoughtTokens: 0, answerTokens: 1 } });
  expect(places()).toEqual(["reply-first", ""]);
});

test("a thought has its time once there is one", () => {
  const { bridge } = fakeBridge();
  const stores = createStores(openDoor(bridge));
  const label = (isRunning: boolean, thoughtMs: number, thoughtCut: ThoughtCut | null = null): string | null => {
    const { container, unmount } = render(
      <StoresContext value={stores}>
        <ThoughtLine
          messageId="r"
          thought={growingText("17 + 25")}
          figures={{ thoughtMs, thoughtTokens: 1, thoughtCut }}
          isRunning={isRunning}
          isStopped={false}
          result={null}
          keepInPlace={(_, change) => change()}
        />
      </StoresContext>,
    );
    const { textContent } = container.querySelector("button") ?? {};
    unmount();
    return textContent ?? null;
  };
  expect(label(true, 0)).toBe("Thinking");
  expect(label(true, 99)).toBe("Thinking");
  expect(label(true, 100)).toBe("Thinking 0.1 s · 1 token");
  expect(label(false, 0)).toBe("Thought");
  expect(label(false, 34)).toBe("Thought for 0.034 s · 1 token");
  expect(label(false, 34, "skipped")).toBe("Thought for 0.034 s · 1 token, skipped");
  expect(label(false, 34, "time")).toBe("Thought for 0.034 s · 1 token, ended at its time limit");
  expect(label(false, 0, "tokens")).toBe("Thought, ended at its token limit");
});

test("before the first token the row is there, without figures", () => {
  open({ figures: { ...live, ttftMs: null, answerTokens: 0, thoughtTokens: 0 } });
  expect(line()).toBe("R1-Distill-Qwen-7B");
});

describe("all figures of a reply", () => {
  const facts = (figures: LiveReply | ReplyStats): string[] => {
    const { container, unmount } = render(<SpeedOfReply figures={figures} />);
    const found = Array.from(container.querySelectorAll("dl > div"), ({ children }) =>
      Array.from(children, ({ textContent }) => textContent).join(": "),
    );
    unmount();
    return found;
  };

  test("include the prompt, the thought, the answer, how it ended and, during the reply, the memory", async () => {
    expect(facts({ ...live, memory: { residentBytes: 0.8e9, gpuBytes: 6.1e9 } })).toEqual([
      "Writing: 22.0 tok/s",
      "Reading the prompt: 310.0 tok/s",
      "First token after: 0.31 s",
      "Prompt: 40 tokens",
      "Thought: 301 tokens in 12.8 s",
      "Answer: 0 tokens",
      "Memory in use, including the model file: 800.0 MB",
      "Memory in use on the GPU: 6.10 GB",
    ]);
    const reused = facts({ ...stats, promptTokens: 1243, cachedTokens: 1204, prefillTokensPerSecond: 172 });
    expect(reused).toContain("Prompt: 1,204 of 1,243 tokens reused");
    expect(reused).toContain("Reading time saved: 7.0 s");
    expect(facts(stats).at(-1)).toBe("End: Complete");
    await texts.choose("fr");
    expect(facts(live)).toContain("Lecture du prompt: 310,0\u00a0tok/s");
  });

  test("have a chart with its own words", () => {
    render(<SpeedOfReply figures={{ ...stats, thoughtTokens: 4, answerTokens: 1, tokensPerSecond: 20 }} />);
    const chart = screen.getByRole("figure");
    // Four tokens after the first, at 20 tokens/s.
    const words = "Between 10.0 and 30.0 tok/s, 20.0 on average, over 0.2 s.";
    expect(chart.getAttribute("aria-label")).toBe(`Speed of this reply. ${words}`);
    expect(chart.textContent).toBe(words);
    expect(chart.querySelector("polyline")?.getAttribute("points")).toBe("0.0,47.7 240.0,24.3 480.0,1.0");
  });

  test("say so if the reply was too short for a chart", () => {
    render(<SpeedOfReply figures={{ ...stats, tokensPerSecond: null, speedSamples: [], answerTokens: 1 }} />);
    expect(screen.getByText("This reply is too short for a chart.")).toBeTruthy();
  });
});

test("a reply is copied as Markdown with its thought as a quotation", () => {
  expect(replyMarkdown({ text: "\n\n**42**", thought: null }, "Thought")).toBe("**42**");
  expect(replyMarkdown({ text: "\n\n42", thought: "17 + 25\n\n= 42 " }, "Thought")).toBe(
    "> **Thought**\n>\n> 17 + 25\n>\n> = 42\n\n42",
  );
});

test("fewer samples are the means of equal groups, and few enough are not changed", () => {
  expect(fewerSamples([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(fewerSamples([1, 3, 10, 20, 7], 3)).toEqual([2, 15, 7]);
  const many = Array.from({ length: 120 }, (_, index) => index);
  const fewer = fewerSamples(many, 32);
  expect(fewer.length).toBeLessThanOrEqual(32);
  expect(fewer).toEqual(fewer.toSorted((a, b) => a - b));
  expect(fewerSamples([], 32)).toEqual([]);
});

test("a line runs from one end to the other, with zero at the bottom and its peak at the top", () => {
  expect(linePoints([0, 5, 10], 10, 100, 12)).toBe("0.0,11.0 50.0,6.0 100.0,1.0");
  expect(linePoints([7], 7, 100, 12)).toBe("0.0,11.0 100.0,11.0");
  expect(linePoints([0, 0], 0, 100, 12)).toBe("0.0,11.0 100.0,11.0");
});
