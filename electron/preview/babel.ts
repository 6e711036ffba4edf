import { compile } from "./compile.ts";
import { requireLibrary } from "./requireLibrary.ts";

/*
 * Stands in for @babel/standalone, which is four times as large as all other libraries together: its global `Babel`, and
 * the scripts of type text/babel.
 */

interface BabelOptions {
  filename?: string;
  sourceType?: string;
  plugins?: unknown[];
}

const types = new Set(["text/babel", "text/jsx", "text/typescript", "text/tsx"]);
let count = 0;

const transform = (text: string, { filename = "script.jsx", sourceType }: BabelOptions = {}): { code: string } => ({
  code: compile(String(text), { name: filename, callsRequire: sourceType === "script" }),
});

async function runScripts(): Promise<void> {
  for (const script of document.querySelectorAll("script")) {
    if (!types.has(script.type) || script.dataset["ran"] !== undefined) continue;
    script.dataset["ran"] = "";
    const name = script.src === "" ? `script-${++count}.jsx` : script.src;
    try {
      const text = script.src === "" ? script.text : await textAt(script.src);
      run(text, name, script.dataset["type"] === "module");
    } catch (error) {
      reportError(error);
    }
  }
}

function run(text: string, name: string, isModule: boolean): void {
  const compiled = document.createElement("script");
  const exports = "var exports = {}, module = { exports: exports };";
  const usesModules = /^\s*(?:import|export)\b/m.test(text);
  const code = compile(text, { name, callsRequire: usesModules && !isModule });
  if (isModule) compiled.type = "module";
  compiled.text = `${usesModules && !isModule ? exports : ""}${code}\n//# sourceURL=${encodeURI(name)}`;
  document.head.append(compiled);
  compiled.remove();
}

async function textAt(url: string): Promise<string> {
  // oxlint-disable-next-line eslint/no-restricted-globals -- The page's own files; it reaches nothing else.
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.text();
}

Object.assign(globalThis, {
  Babel: { transform, transformScriptTags: () => void runScripts(), version: "7.0.0", availablePresets: {} },
  require: requireLibrary,
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => void runScripts());
else void runScripts();
