const openable = new Set(["http:", "https:", "mailto:"]);

/**
 * Returns the absolute address of a link that may be opened, or null. The URL parser reads any disguised scheme as a
 * browser would; only three schemes are allowed.
 */
export function safeUrl(text: string): string | null {
  if (text.length > 8192) return null;
  try {
    const url = new URL(text);
    return openable.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
