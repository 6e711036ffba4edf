interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of Node's global that is used. Its type comes with the DOM's, which this room does not have. */
export const webAssembly = (
  globalThis as unknown as {
    WebAssembly: {
      Memory: new (size: { initial: number }) => Memory;
      Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
      Instance: new (module: object) => { exports: { m: Memory; s: (from: number, to: number) => number } };
    };
  }
).WebAssembly;
