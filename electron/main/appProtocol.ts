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

/**
 * Serves `workbench://app/…` from the built renderer's files. Resolves once a page has received its first script: until
 * then, each piece of work in main delays it.
 */
export function serveApp(rendererFolder: string): Promise<void> {
  const find = pageFiles(rendererFolder);
  return new Promise((resolve) => {
    protocol.handle(scheme, async (request) => {
      const url = new URL(request.url);
      const file = url.host === "app" && request.method === "GET" ? await find(url.pathname) : null;
      if (file === null) return new Response("Not found", { status: 404 });
      const body = url.pathname.endsWith(".js") ? whenTaken(file.body, resolve) : file.body;
      return new Response(body, { headers: file.headers });
    });
  });
}

/** Returns the bytes as a stream that tells when they were taken from it. */
function whenTaken(bytes: Uint8Array<ArrayBuffer>, taken: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isGiven = false;
  return new ReadableStream(
    {
      pull(stream) {
        if (isGiven) {
          stream.close();
          taken();
        } else stream.enqueue(bytes);
        isGiven = true;
      },
    },
    { highWaterMark: 0 },
  );
}
