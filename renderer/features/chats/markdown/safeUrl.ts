const openable = new Set(["http:", "https:", "mailto:"]);

/**
 * The absolute address of a link that may be opened, or null. Whatever spelling a text hides a scheme in,
 * the URL parser reads it as a browser would; only three schemes are let through.
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
