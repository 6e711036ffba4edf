import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};

export interface PageFile {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/**
 * Returns a function that finds the built renderer's files by the path of their address, such as "/index.html". The
 * files are listed once and only listed names match: a path from outside is compared and never joined, so it cannot
 * leave the folder.
 */
export function pageFiles(rendererFolder: string): (pathname: string) => Promise<PageFile | null> {
  const files = new Map<string, string>(
    // With their types, listing an archive takes twice as long. Folders have no extension.
    readdirSync(rendererFolder, { recursive: true, encoding: "utf8" })
      .filter((name) => extname(name) !== "")
      .map((name) => [`/${name.split(sep).join("/")}`, join(rendererFolder, name)]),
  );
  return async (pathname) => {
    const path = files.get(pathname);
    if (path === undefined) return null;
    return {
      body: new Uint8Array(await readFile(path)),
      headers: {
        "Content-Type": contentTypes[extname(path)] ?? "application/octet-stream",
        "Content-Security-Policy": contentSecurityPolicy,
        "X-Content-Type-Options": "nosniff",
      },
    };
  };
}
