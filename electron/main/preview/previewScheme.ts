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
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  return protocol === `${previewScheme}:` && host === "page" ? pathname : null;
}
