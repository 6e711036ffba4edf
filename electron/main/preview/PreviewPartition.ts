import { session as sessions, type Session } from "electron";
import type { ServedText } from "./pageFile.ts";
import { previewPath, previewScheme } from "./previewScheme.ts";

export interface PartitionOptions {
  /** Returns what is at a path of the page that is shown, or null. */
  find: (path: string) => ServedText | Promise<ServedText | null> | null;
  /** Returns the page's Content-Security-Policy. */
  policy: () => string;
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
      answer({ cancel: !isOwn });
      if (!isOwn) options.onRefused(url);
    });
    this.session.protocol.handle(previewScheme, (request) => this.#answer(request));
    for (const scheme of ["http", "https"]) {
      this.session.protocol.handle(scheme, () => new Response(null, { status: 403 }));
    }
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
    const found = path === null || request.method !== "GET" ? null : await this.#options.find(path);
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
