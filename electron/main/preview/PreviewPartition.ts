import { session as sessions, type Session } from "electron";
import type { FoundLibrary } from "./findLibrary.ts";
import type { ServedText } from "./pageFile.ts";
import type { PreviewLibraries } from "./PreviewLibraries.ts";
import { ownFolder, previewPath, previewScheme } from "./previewScheme.ts";

export interface PartitionOptions {
  /** Returns what is at a path of the page that is shown, or null. */
  find: (path: string) => ServedText | null;
  libraries: PreviewLibraries;
  /** Returns the page's Content-Security-Policy. */
  policy: () => string;
  /** Called with each library that is loaded from its usual address. */
  onLibrary: (library: FoundLibrary) => void;
  /** Called with the address of each request that was refused. */
  onRefused: (url: string) => void;
}

/** Sessions are never freed, so the ones of closed windows are used again. They keep nothing. */
const free: Session[] = [];
let opened = 0;

/**
 * The session of one window's previewed page, in memory only. It serves the page's files and nothing else: requests of
 * all other kinds are refused before they are made, and those for the web would be answered here in any case.
 */
export class PreviewPartition {
  readonly session: Session;
  readonly #options: PartitionOptions;

  constructor(options: PartitionOptions) {
    this.#options = options;
    this.session = free.pop() ?? sessions.fromPartition(`preview-${++opened}`, { cache: false });
    this.session.setSpellCheckerEnabled(false);
    this.session.webRequest.onBeforeRequest(({ url }, answer) => {
      const isOwn = previewPath(url) !== null || url.startsWith("data:") || url.startsWith("blob:");
      const library = isOwn ? null : options.libraries.find(url);
      answer({ cancel: !isOwn && library === null });
      if (!isOwn && library === null) options.onRefused(url);
    });
    this.session.protocol.handle(previewScheme, (request) => this.#answer(request));
    // Nothing of these sessions gets as far as Chromium's network. Requests that are answered here may not be announced
    // above, depending on Electron's version.
    this.session.protocol.handle("http", ({ url }) => {
      options.onRefused(url);
      return new Response(null, { status: 403 });
    });
    this.session.protocol.handle("https", async ({ url, method }) => {
      const library = method === "GET" ? options.libraries.find(url) : null;
      const served = library === null ? null : await options.libraries.served(library);
      if (library === null || served === null) {
        options.onRefused(url);
        return new Response(null, { status: 403 });
      }
      options.onLibrary(library);
      return new Response(served.body, { headers: served.headers });
    });
  }

  /** Call when its last page is gone. */
  async close(): Promise<void> {
    for (const scheme of [previewScheme, "http", "https"]) this.session.protocol.unhandle(scheme);
    this.session.webRequest.onBeforeRequest((_details, answer) => answer({ cancel: true }));
    await this.session.clearStorageData().catch(() => undefined);
    await this.session.clearCache().catch(() => undefined);
    free.push(this.session);
  }

  async #answer(request: Request): Promise<Response> {
    const path = previewPath(request.url);
    if (path?.startsWith(`${ownFolder}libraries/`) === true) {
      const file = await this.#options.libraries.file(path.slice(ownFolder.length + "libraries/".length));
      if (file !== null) return new Response(file.body, { headers: file.headers });
    }
    const found = path === null || request.method !== "GET" ? null : this.#options.find(path);
    if (found === null) return new Response(null, { status: 404, headers: { "Access-Control-Allow-Origin": "*" } });
    return new Response(found.text, {
      headers: {
        "Content-Type": found.type,
        "Content-Security-Policy": this.#options.policy(),
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "Cache-Control": "no-store",
        // Its own origin is opaque, so even its own modules are another origin's.
        "Access-Control-Allow-Origin": "*",
      },
    });
  }
}
