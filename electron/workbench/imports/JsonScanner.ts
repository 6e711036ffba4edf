/** Follows JSON byte by byte: where strings, lists and objects begin and end. It does not check anything else. */
export class JsonScanner {
  #isString = false;
  #isEscaped = false;
  depth = 0;

  /** Returns the index behind the byte that ends the value at `depth`, or -1 if it does not end in these bytes. */
  scan(bytes: Uint8Array, from: number, depth: number, mostDepth: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === 0x5c) this.#isEscaped = true;
        else if (byte === 0x22) this.#isString = false;
      } else if (byte === 0x22) this.#isString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (++this.depth > mostDepth) this.isTooDeep = true;
      } else if ((byte === 0x7d || byte === 0x5d) && --this.depth === depth) return at + 1;
    }
    return -1;
  }

  isTooDeep = false;
}

/** Returns whether lists and objects are in each other more deeply than `mostDepth`. */
export function isNestedTooDeeply(bytes: Uint8Array, mostDepth: number): boolean {
  const scanner = new JsonScanner();
  scanner.scan(bytes, 0, Number.NaN, mostDepth);
  return scanner.isTooDeep;
}
