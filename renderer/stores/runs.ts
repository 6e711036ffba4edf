import { createStore, type StoreApi } from "zustand/vanilla";
import type { Message } from "../../electron/contract/chats.ts";
import type { LiveReply, RunFrame, RunStage } from "../../electron/contract/runs.ts";
import type { Door } from "./door.ts";
import { appendText, type GrowingText, growingText } from "./growingText.ts";
import { shownAnswer } from "../../electron/contract/shownAnswer.ts";

/** A reply that is being written, as far as it has been painted. */
export interface LiveRun {
  runId: string;
  /** The reply as it was when this window started to follow the run. */
  message: Message;
  stage: RunStage;
  thought: GrowingText;
  answer: GrowingText;
  live: LiveReply;
}

export interface RunsState {
  /** By chat, since a chat has at most one run. A followed run appears with its first frame. */
  byChat: Readonly<Record<string, LiveRun>>;
  /** Follows a run until it ends or is unfollowed. Does nothing if it is followed already. */
  follow: (chatId: string, runId: string) => void;
  /** Stops following the chat's run, or only the given run. The run continues in main. */
  letGo: (chatId: string, runId?: string) => void;
  stop: (chatId: string) => Promise<void>;
  /** Ends the thought of the run in this chat. The answer follows. */
  skipThought: (chatId: string) => Promise<void>;
}
export type RunsStore = StoreApi<RunsState>;

export interface RunsOptions {
  /** Called with the reply as it was stored, just before the run is removed from `byChat`. */
  onEnded: (chatId: string, message: Message) => void;
  /** Default: the next animation frame. */
  scheduleFrame?: (paint: () => void) => void;
}

interface Following {
  runId: string;
  detach: () => void;
  /** What has arrived since the last painted frame; null before the snapshot. */
  next: LiveRun | null;
  scheduled: boolean;
}

/** Creates the store that receives every token. It is updated once per animation frame and run. */
export function createRunsStore(door: Door, options: RunsOptions): RunsStore {
  const scheduleFrame = options.scheduleFrame ?? ((paint) => requestAnimationFrame(paint));
  const followings = new Map<string, Following>();

  return createStore<RunsState>()((set, get) => {
    const paint = (chatId: string, following: Following): void => {
      following.scheduled = false;
      const { next } = following;
      if (next && followings.get(chatId) === following) set({ byChat: { ...get().byChat, [chatId]: next } });
    };

    const forget = (chatId: string): void => {
      followings.get(chatId)?.detach();
      followings.delete(chatId);
      const { [chatId]: _gone, ...byChat } = get().byChat;
      set({ byChat });
    };

    const receive = (chatId: string, following: Following, frame: RunFrame): void => {
      if (followings.get(chatId) !== following) return;
      if (frame.kind === "ended") {
        options.onEnded(chatId, frame.message);
        forget(chatId);
        return;
      }
      following.next = advance(following.next, frame);
      if (following.next && !following.scheduled) {
        following.scheduled = true;
        scheduleFrame(() => paint(chatId, following));
      }
    };

    return {
      byChat: {},
      follow: (chatId, runId) => {
        if (followings.get(chatId)?.runId === runId) return;
        if (followings.has(chatId)) forget(chatId);
        const following: Following = { runId, detach: () => undefined, next: null, scheduled: false };
        followings.set(chatId, following);
        const detach = door.attachRun(runId, (frame) => receive(chatId, following, frame));
        // The run may have ended during the call.
        if (followings.get(chatId) === following) following.detach = detach;
        else detach();
      },
      letGo: (chatId, runId) => {
        const following = followings.get(chatId);
        if (following && (runId === undefined || runId === following.runId)) forget(chatId);
      },
      stop: async (chatId) => {
        const runId = followings.get(chatId)?.runId;
        if (runId !== undefined) await door.call("runs.stop", { runId });
      },
      skipThought: async (chatId) => {
        const runId = followings.get(chatId)?.runId;
        if (runId !== undefined) await door.call("runs.skipThought", { runId });
      },
    };
  });
}

/** Returns the run after a frame. Pure, so that frames can be applied long before they are painted. */
function advance(run: LiveRun | null, frame: Exclude<RunFrame, { kind: "ended" }>): LiveRun | null {
  if (frame.kind === "snapshot") {
    const { runId, message, stage, live } = frame;
    return {
      runId,
      message,
      stage,
      live,
      thought: growingText(message.thought ?? ""),
      answer: growingText(shownAnswer(message.text)),
    };
  }
  if (!run) return null;
  if (frame.kind === "model") return { ...run, message: { ...run.message, model: frame.model } };
  if (frame.kind === "stage") return { ...run, stage: frame.stage };
  if (frame.kind === "live") return { ...run, live: frame.live };
  return frame.part === "thought"
    ? { ...run, thought: appendText(run.thought, frame.text) }
    : { ...run, answer: appendText(run.answer, run.answer.length === 0 ? shownAnswer(frame.text) : frame.text) };
}
