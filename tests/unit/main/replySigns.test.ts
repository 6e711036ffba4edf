import { expect, test, vi } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { replySigns } from "../../../electron/main/replySigns.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const reply = (more: Partial<Message> = {}) => ({
  chatId: "c1",
  runId: "r1",
  message: { state: "done", text: "It is\n42 <b>.\u202E", ...more } as Message,
});

function signs(
  settings: { notifyReplies?: boolean; showReplyInNotification?: boolean } = {},
  isEncrypted: () => boolean = () => false,
) {
  const shown: { title: string; body: string }[] = [];
  const clicks: (() => void)[] = [];
  const clock = { ms: 0 };
  const desk = { isWatched: false };
  const opened = vi.fn();
  const { started, ended } = replySigns({
    texts: openTexts("en"),
    isWatched: () => desk.isWatched,
    settings: () => ({ notifyReplies: true, showReplyInNotification: false, ...settings }),
    isEncrypted,
    notify: (notification, onClick) => {
      shown.push(notification);
      clicks.push(onClick);
    },
    onClick: opened,
    now: () => clock.ms,
  });
  return { shown, clicks, clock, desk, opened, started, ended };
}

test("a reply that took over 30 s and ended in the background is announced without its words; a click opens its chat", () => {
  const { shown, clicks, clock, opened, started, ended } = signs();
  started("r1");
  clock.ms = 30_001;
  ended(reply());
  expect(shown).toEqual([{ title: "A reply is finished.", body: "Click to open the chat." }]);
  clicks[0]?.();
  expect(opened.mock.calls).toEqual([["c1"]]);
  // It ends again once it could be stored.
  ended(reply());
  expect(shown).toHaveLength(1);
});

test("its words are shown only if the settings allow it, as one plain line", () => {
  const { shown, clock, started, ended } = signs({ showReplyInNotification: true });
  started("r1");
  clock.ms = 40_000;
  ended(reply());
  expect(shown).toEqual([{ title: "A reply is finished.", body: "It is 42 ‹b›." }]);
  started("r1");
  clock.ms = 80_000;
  ended(reply({ state: "failed", text: "half" }));
  expect(shown[1]).toEqual({ title: "A reply has failed.", body: "Click to open the chat." });
});

test("its words are never shown while the chats are encrypted, because the system keeps its notifications", () => {
  let isEncrypted = true;
  const { shown, clock, started, ended } = signs({ showReplyInNotification: true }, () => isEncrypted);
  for (const body of ["Click to open the chat.", "It is 42 ‹b›."]) {
    started("r1");
    clock.ms += 40_000;
    ended(reply());
    expect(shown.at(-1)).toEqual({ title: "A reply is finished.", body });
    isEncrypted = false;
  }
});

test("nothing is announced that was short, that the user sees, that they stopped, or that they want no news of", () => {
  const short = signs();
  short.started("r1");
  short.clock.ms = 30_000;
  short.ended(reply());
  expect(short.shown).toEqual([]);

  const seen = signs();
  seen.started("r1");
  seen.clock.ms = 60_000;
  seen.desk.isWatched = true;
  seen.ended(reply());
  expect(seen.shown).toEqual([]);

  const stopped = signs();
  stopped.started("r1");
  stopped.clock.ms = 60_000;
  stopped.ended(reply({ state: "stopped" }));
  stopped.started("r1");
  stopped.clock.ms = 160_000;
  stopped.ended(reply({ state: "interrupted" }));
  // Unknown here, for example because it began before the window.
  stopped.ended({ ...reply(), runId: "r9" });
  expect(stopped.shown).toEqual([]);

  const unwanted = signs({ notifyReplies: false });
  unwanted.started("r1");
  unwanted.clock.ms = 60_000;
  unwanted.ended(reply());
  expect(unwanted.shown).toEqual([]);
});
