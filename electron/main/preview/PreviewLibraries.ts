import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { pageFiles } from "../pageFiles.ts";
import { findLibrary, type FoundLibrary } from "./findLibrary.ts";
import { ownFolder, previewScheme } from "./previewScheme.ts";

const versionsSchema = z.record(z.string(), z.string());

export interface ServedFile {
  body: Uint8Array<ArrayBuffer> | string;
  headers: Record<string, string>;
}

/** The libraries in the app's own files that previewed pages can load, by the addresses that pages usually have for them. */
export class PreviewLibraries {
  readonly #folder: string;
  #find: ReturnType<typeof pageFiles> | null = null;
  #versions: Promise<Record<string, string>> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the library that an address stands for, or null. */
  find(url: string): FoundLibrary | null {
    return url.startsWith("https://") && URL.canParse(url) ? findLibrary(url) : null;
  }

  /** Resolves with the file of the folder that has this name, or null. */
  async file(name: string): Promise<ServedFile | null> {
    // The folder is listed when the first page is shown, not at the start of the app.
    this.#find ??= pageFiles(this.#folder);
    const found = await this.#find(`/${name}`);
    if (found === null) return null;
    const type = found.headers["Content-Type"] ?? "text/plain";
    return { body: found.body, headers: { "Content-Type": type, "Access-Control-Allow-Origin": "*" } };
  }

  /** Resolves with the text of one of the app's own scripts, or null. */
  async text(name: string): Promise<string | null> {
    const found = await this.file(name);
    return found === null ? null : Buffer.from(found.body).toString("utf8");
  }

  /** Resolves with what a library's usual address is answered with, or null if it is not here after all. */
  async served({ file }: FoundLibrary): Promise<ServedFile | null> {
    const found = await this.file(file);
    const isModule = file.endsWith(".mjs") || file === "three.js" || file.startsWith("three-addons/");
    if (found === null || !isModule) return found;
    // The library has one address, whatever the page calls it, so that there is never a second one beside it.
    const own = `"${previewScheme}://page${ownFolder}libraries/${file}"`;
    const hasDefault = file.endsWith(".mjs") && file !== "react-jsx-runtime.mjs";
    const body = `export * from ${own};${hasDefault ? ` export { default } from ${own};` : ""}`;
    return { ...found, body };
  }

  /** Resolves with the version of a library here, or null. */
  async version(name: string): Promise<string | null> {
    this.#versions ??= readFile(join(this.#folder, "versions.json"), "utf8")
      .then((text) => versionsSchema.parse(JSON.parse(text)))
      .catch(() => ({}));
    return (await this.#versions)[name] ?? null;
  }
}
