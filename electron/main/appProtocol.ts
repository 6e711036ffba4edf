import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { protocol } from "electron";

const scheme = "workbench";
/** The page's origin. Only documents of this origin may speak to main. */
export const appOrigin = `${scheme}://app`;
export const appUrl = `${appOrigin}/index.html`;

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
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};

/** Before `ready`: makes our scheme a secure, standard origin, so that no page is ever loaded from file://. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Answers `workbench://app/…` from the built renderer. The files are listed once, and only a listed name is
 * served: a path from outside is compared, never joined, so it cannot lead out of the folder.
 */
export function serveApp(rendererFolder: string): void {
  const files = new Map<string, string>(
    readdirSync(rendererFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [
          `/${path
            .slice(rendererFolder.length + 1)
            .split(sep)
            .join("/")}`,
          path,
        ] as const;
      }),
  );
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const path = url.host === "app" ? files.get(url.pathname) : undefined;
    if (path === undefined || request.method !== "GET") return new Response("Not found", { status: 404 });
    return new Response(new Uint8Array(await readFile(path)), {
      headers: {
        "Content-Type": contentTypes[extname(path)] ?? "application/octet-stream",
        "Content-Security-Policy": contentSecurityPolicy,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
      },
    });
  });
}
