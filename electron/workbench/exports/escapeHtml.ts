const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** Reorders the text around it, or cannot be part of a document. */
const controls = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** Returns text for HTML, also within quotation marks. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(controls, "\uFFFD").replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
