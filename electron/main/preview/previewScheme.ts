/** Pages that models have written are loaded from this scheme, which only their sessions serve. */
export const previewScheme = "workbench-preview";
const previewOrigin = `${previewScheme}://page`;
/** Where the app's own scripts for these pages are. No file of a page can have this name. */
export const ownFolder = "/.workbench/";

/** Returns the address of a page's file. */
export function previewAddress(fileName: string): string {
  return `${previewOrigin}/${fileName}`;
}

/** Returns the path of an address in a page, such as "/style.css", or null if it leads elsewhere. */
export function previewPath(url: string): string | null {
  return inPage(url)?.pathname ?? null;
}

/** Returns what of an address in a page follows its origin, such as "/index.html?item=2#end", or null. */
export function previewTarget(url: string): string | null {
  const found = inPage(url);
  return found === null ? null : `${found.pathname}${found.search}${found.hash}`;
}

function inPage(url: string): URL | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === `${previewScheme}:` && parsed.host === "page" ? parsed : null;
}
