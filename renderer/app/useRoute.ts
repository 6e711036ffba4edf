import { useEffect, useSyncExternalStore } from "react";
import { useStores } from "../stores/useStores.ts";
import { chatHash, parseRoute, type Route } from "./route.ts";

const onHash = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** The route; and keeps the open chat and the address the same, whichever of them changes. */
export function useRoute(): Route {
  const { conversation } = useStores();
  const hash = useSyncExternalStore(onHash, () => window.location.hash);

  useEffect(() => {
    const route = parseRoute(hash);
    if (route.screen === "chat") conversation.getState().open(route.chatId);
  }, [conversation, hash]);

  useEffect(
    () =>
      conversation.subscribe(({ openId }, before) => {
        if (openId === before.openId || parseRoute(window.location.hash).screen !== "chat") return;
        const next = chatHash(openId);
        if (window.location.hash !== next) window.location.hash = next;
      }),
    [conversation],
  );
  return parseRoute(hash);
}
