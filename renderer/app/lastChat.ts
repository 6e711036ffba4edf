import { useEffect } from "react";
import type { Settings } from "../../electron/contract/settings.ts";
import { useConversation, useSettings } from "../stores/useStores.ts";
import { chatHash } from "./route.ts";

const rememberedIn = "lastChat";
/** Kept as long as the window, so that a page that is loaded again stays where it was. */
const startedIn = "startedAs";

interface Memory {
  chatId: string | null;
  startWith: Settings["startWith"];
}

/** At the app's start, goes to the chat that was open last. The first frame does not wait for the settings. */
export function goToLastChat(): void {
  if (sessionStorage.getItem(startedIn) !== null) return;
  // A window that was opened for one chat has its address, and is not the one that comes back.
  const isFirst = window.location.hash === "";
  sessionStorage.setItem(startedIn, isFirst ? "first" : "other");
  const { chatId, startWith } = remembered();
  if (isFirst && startWith === "lastChat" && chatId !== null) window.location.replace(chatHash(chatId));
}

/** Remembers the open chat for the next start. */
export function useLastChat(): void {
  const chatId = useConversation((state) => state.openId);
  const startWith = useSettings(({ settings }) => settings?.startWith);
  useEffect(() => {
    if (startWith === undefined || sessionStorage.getItem(startedIn) !== "first") return;
    localStorage.setItem(rememberedIn, JSON.stringify({ chatId, startWith } satisfies Memory));
  }, [chatId, startWith]);
}

function remembered(): Memory {
  try {
    const { chatId, startWith } = JSON.parse(localStorage.getItem(rememberedIn) ?? "{}") as Record<string, unknown>;
    return {
      chatId: typeof chatId === "string" ? chatId : null,
      startWith: startWith === "newChat" ? "newChat" : "lastChat",
    };
  } catch {
    return { chatId: null, startWith: "lastChat" };
  }
}
