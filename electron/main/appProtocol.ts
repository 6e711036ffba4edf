import { protocol } from "electron";
import { pageFiles } from "./pageFiles.ts";

const scheme = "workbench";
/** The page's origin. Only documents of this origin may send messages to main. */
export const appOrigin = `${scheme}://app`;
export const appUrl = `${appOrigin}/index.html`;

/**
 * Registers the app's scheme as a secure, standard origin, so that no page is ever loaded from file://. Call before
 * `ready`.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `workbench://app/…` from the built renderer's files. */
export function serveApp(rendererFolder: string): void {
  const find = pageFiles(rendererFolder);
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === "app" && request.method === "GET" ? await find(url.pathname) : null;
    if (file === null) return new Response("Not found", { status: 404 });
    return new Response(file.body, { headers: file.headers });
  });
}
