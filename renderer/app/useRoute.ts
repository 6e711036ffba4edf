import { useEffect, useSyncExternalStore } from "react";
import type { Stores } from "../stores/stores.ts";
import { useStores } from "../stores/useStores.ts";
import { chatHash, parseRoute, type Route } from "./route.ts";

/** Calls back when the address names something else. Returns what ends that. */
export const onHash = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** Opens the chat that the address names. On the other screens, the open chat does not change. */
export function openFromAddress({ conversation }: Pick<Stores, "conversation">): void {
  const route = parseRoute(window.location.hash);
  if (route.screen === "chat") conversation.getState().open(route.chatId);
}

/** Returns the route, and keeps the open chat and the address in sync, whichever of them changes. */
export function useRoute(): Route {
  const stores = useStores();
  const { conversation } = stores;
  const hash = useSyncExternalStore(onHash, () => window.location.hash);

  // At each event, not at each other hash: an address that was left and come back to before its event looks unchanged.
  useEffect(() => {
    openFromAddress(stores);
    return onHash(() => openFromAddress(stores));
  }, [stores]);

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
