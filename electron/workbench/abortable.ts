/**
 * Resolves with the promise's value. Rejects as the promise does, or with the signal's reason when the signal aborts.
 */
export async function abortable<Value>(wait: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    // Both promises are handled here, so that the later one can reject without an unhandled rejection.
    return await Promise.race([aborted, wait]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
