/** Resolves with the promise's value. Rejects as the promise does, or with the signal's reason when it aborts. */
export async function abortable<Value>(wait: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    // Both are handled here, so that the one that comes later may fail without anybody waiting for it.
    return await Promise.race([aborted, wait]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
