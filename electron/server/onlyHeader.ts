/**
 * Returns the value of a header that may be sent once; null if it was not sent, "twice" if it was sent several times.
 * Node's own `headers` hide the second one. `raw`: names and values by turns, as they were received.
 */
export function onlyHeader(raw: readonly string[], name: string): string | null | typeof twice {
  let found: string | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]?.toLowerCase() !== name) continue;
    if (found !== null) return twice;
    found = raw[at + 1] ?? "";
  }
  return found;
}

export const twice = Symbol("twice");
