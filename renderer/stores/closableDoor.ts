import type { Door } from "./door.ts";

/** Returns a door whose subscriptions to events end together, and the function that ends them. */
export function closableDoor(door: Door): { door: Door; close: () => void } {
  const subscriptions = new Set<() => void>();
  return {
    door: {
      ...door,
      onEvent: (listener) => {
        const unsubscribe = door.onEvent(listener);
        subscriptions.add(unsubscribe);
        return () => {
          subscriptions.delete(unsubscribe);
          unsubscribe();
        };
      },
    },
    close: () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      subscriptions.clear();
    },
  };
}
