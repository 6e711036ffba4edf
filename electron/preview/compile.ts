import { transform } from "sucrase";

export interface CompileOptions {
  /** For messages and the places of errors. */
  name: string;
  /** Whether its imports become calls of `require`, so that it can run as a plain script. */
  callsRequire: boolean;
}

/** Compiles JSX and TypeScript to what the page can run. Lines stay where they are. Throws a `SyntaxError`. */
export function compile(text: string, { name, callsRequire }: CompileOptions): string {
  try {
    const { code } = transform(text, {
      transforms: ["jsx", "typescript", ...(callsRequire ? (["imports"] as const) : [])],
      jsxRuntime: "classic",
      production: true,
      disableESTransforms: true,
      keepUnusedImports: false,
      filePath: name,
    });
    return code;
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
}
