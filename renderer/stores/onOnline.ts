import { type Door, onNamed } from "./door.ts";

/** Calls `back` whenever the app may connect, so that what Offline refused is no longer told as a problem. */
export function onOnline(door: Pick<Door, "onEvent">, back: () => void): void {
  onNamed(door, "network.changed", ({ isOffline }) => {
    if (!isOffline) back();
  });
}
