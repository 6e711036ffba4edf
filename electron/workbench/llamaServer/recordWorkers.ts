import type { Network } from "../network/openNetwork.ts";
import { Tally } from "../network/Tally.ts";

const recordEveryMs = 10_000;

/**
 * Records that llama-server is connected to workers on other machines. It connects by itself, so what it sends is not
 * counted. `onOffline` is called when Offline is turned on meanwhile. Returns a function that records the end.
 */
export function recordWorkers(
  network: Pick<Network, "record" | "onOffline" | "freshState">,
  workers: readonly string[],
  onOffline: () => void,
): () => void {
  if (workers.length === 0) return () => undefined;
  const tallies = workers.map(
    (worker) => new Tally(worker, null, { code: "server", facts: { case: "worker", name: "llama-server" } }),
  );
  const record = (isOver: boolean): void => {
    for (const tally of tallies) network.record(tally.describe(isOver));
  };
  for (const tally of tallies) tally.requested();
  record(false);
  const again = setInterval(() => {
    record(false);
    // Another process may have turned Offline on.
    void network.freshState();
  }, recordEveryMs).unref();
  const unsubscribe = network.onOffline(() => {
    for (const tally of tallies) tally.stop();
    onOffline();
  });
  return () => {
    clearInterval(again);
    unsubscribe();
    record(true);
  };
}
