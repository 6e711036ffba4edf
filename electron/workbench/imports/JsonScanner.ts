/** Follows JSON byte by byte: where strings, lists and objects begin and end. It does not check anything else. */
export class JsonScanner {
  readonly #mostDepth: number;
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  #isTooDeep = false;

  constructor(mostDepth: number) {
    this.#mostDepth = mostDepth;
  }

  /** Whether lists and objects were in each other more deeply than allowed. */
  get isTooDeep(): boolean {
    return this.#isTooDeep;
  }

  /** Returns the index behind the byte that ends the outermost list or object, or -1 if none of these bytes does. */
  scan(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === 0x5c) this.#isEscaped = true;
        else if (byte === 0x22) this.#isString = false;
      } else if (byte === 0x22) this.#isString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (++this.#depth > this.#mostDepth) this.#isTooDeep = true;
      } else if ((byte === 0x7d || byte === 0x5d) && --this.#depth === 0) return at + 1;
    }
    return -1;
  }
}

/** Returns whether lists and objects are in each other more deeply than `mostDepth`, whatever these bytes are. */
export function isNestedTooDeeply(bytes: Uint8Array, mostDepth: number): boolean {
  const scanner = new JsonScanner(mostDepth);
  for (let at = 0; at !== -1; ) at = scanner.scan(bytes, at);
  return scanner.isTooDeep;
}
