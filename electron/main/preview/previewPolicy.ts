import { previewScheme } from "./previewScheme.ts";

/**
 * Returns the Content-Security-Policy of a previewed page. `sandbox` without `allow-same-origin` gives it an origin of its
 * own that is equal to no other, and refuses popups, dialogs, downloads, pointer lock and leaving the page.
 * @param libraryHosts The hosts whose libraries come from the app's own files.
 */
export function previewPolicy(isPartial: boolean, libraryHosts: readonly string[]): string {
  const own = `${previewScheme}:`;
  const libraries = libraryHosts.map((host) => `https://${host}`).join(" ");
  const scripts = isPartial ? "'none'" : `'unsafe-inline' 'unsafe-eval' data: blob: ${own} ${libraries}`;
  return [
    "sandbox allow-scripts allow-forms",
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src 'unsafe-inline' data: blob: ${own} ${libraries}`,
    `img-src data: blob: ${own}`,
    `media-src data: blob: ${own}`,
    `font-src data: blob: ${own} ${libraries}`,
    `connect-src data: blob: ${own}`,
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}
