import { protocol } from "electron";
import { pageFiles } from "./pageFiles.ts";

export const appScheme = "workbench";
/** The page's origin. Only documents of this origin may send messages to main. */
export const appOrigin = `${appScheme}://app`;
export const appUrl = `${appOrigin}/index.html`;

/** Serves `workbench://app/…` from the built renderer's files. */
export function serveApp(rendererFolder: string): void {
  const find = pageFiles(rendererFolder);
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === "app" && request.method === "GET" ? await find(url.pathname) : null;
    if (file === null) return new Response("Not found", { status: 404 });
    return new Response(file.body, { headers: file.headers });
  });
}
