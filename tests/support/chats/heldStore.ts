import type { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";

/** Returns the requests of a store in which the test holds back or refuses the versions of replies that begin. */
export function heldStore(store: ChatStore) {
  /** What the next `beginVersion` waits for, and what is called when it is asked for. */
  let gate: { asked: () => void; opened: Promise<void> } | null = null;
  let refusal: WorkbenchError | null = null;
  const expectAllowed = (): void => {
    if (refusal !== null) throw refusal;
  };
  const request = (async (operation: "beginVersion" | "finishReply", params: never) => {
    if (operation === "beginVersion") {
      gate?.asked();
      await gate?.opened;
      expectAllowed();
    }
    // As long as the store's worker takes, at least: what does not wait for the end of a reply is done before it.
    if (operation === "finishReply") await new Promise(setImmediate);
    return store[operation](params);
  }) as unknown as StoreClient["request"];
  return {
    request,
    expectAllowed,
    refuse: (problem: WorkbenchError | null) => (refusal = problem),
    /** Holds the next answer back before it begins. */
    holdNext: () => {
      let letGo = (): void => undefined;
      const opened = new Promise<void>((resolve) => (letGo = resolve));
      const asked = new Promise<void>((resolve) => (gate = { asked: resolve, opened }));
      return { asked, letGo: () => letGo() };
    },
  };
}
