import type { Texts } from "../../texts/texts.ts";
import { type FoundLibrary, libraryHosts } from "./findLibrary.ts";
import type { PreviewLibraries } from "./PreviewLibraries.ts";

/** What the app says in the console about the libraries that a page asks for, each once. */
export class PageNotes {
  readonly #texts: Texts;
  readonly #libraries: PreviewLibraries;
  readonly #onNote: (text: string) => void;
  readonly #said = new Set<string>();

  constructor(texts: Texts, libraries: PreviewLibraries, onNote: (text: string) => void) {
    this.#texts = texts;
    this.#libraries = libraries;
    this.#onNote = onNote;
  }

  /** Call when another page is loaded. */
  clear(): void {
    this.#said.clear();
  }

  /** Says that another version of a library is here than the page asked for. */
  async loaded({ name, asked }: FoundLibrary): Promise<void> {
    const here = await this.#libraries.version(name);
    if (asked === null || here === null || `${here}.`.startsWith(`${asked}.`)) return;
    const facts = { name: name.replace(/-r128$/, ""), asked, here };
    const isTailwind3 = name === "@tailwindcss/browser" && Number.parseInt(asked, 10) < 4;
    this.#say(`${name}@${asked}`, this.#texts.say(isTailwind3 ? "preview:tailwind" : "preview:otherVersion", facts));
  }

  /** Says that a library is not here, if that is what was asked for. */
  refused(url: string): void {
    const { host } = URL.canParse(url) ? new URL(url) : { host: "" };
    if (libraryHosts.includes(host)) this.#say("missing", this.#texts.say("preview:notHere"));
  }

  #say(key: string, text: string): void {
    if (this.#said.has(key) || this.#said.size > 100) return;
    this.#said.add(key);
    this.#onNote(text);
  }
}
