import { protocol } from "electron";
import { pageFiles } from "./pageFiles.ts";

const scheme = "workbench";
/** The page's origin. Only documents of this origin may speak to main. */
export const appOrigin = `${scheme}://app`;
export const appUrl = `${appOrigin}/index.html`;

/** Before `ready`: makes our scheme a secure, standard origin, so that no page is ever loaded from file://. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers `workbench://app/…` from the built renderer. */
export function serveApp(rendererFolder: string): void {
  const find = pageFiles(rendererFolder);
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === "app" && request.method === "GET" ? await find(url.pathname) : null;
    if (file === null) return new Response("Not found", { status: 404 });
    return new Response(file.body, { headers: file.headers });
  });
}
