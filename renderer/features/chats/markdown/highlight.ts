import type { HighlightedLine } from "./answerTree.ts";
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore, type LanguageInput } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

/** More highlighted pieces would slow down the window. */
const maxPieces = 5_000;

/** The bundled grammars. Each is in its own file, which is loaded when first needed. */
const grammars: Record<string, LanguageInput> = {
  bash: () => import("shiki/langs/bash.mjs"),
  c: () => import("shiki/langs/c.mjs"),
  cpp: () => import("shiki/langs/cpp.mjs"),
  csharp: () => import("shiki/langs/csharp.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  diff: () => import("shiki/langs/diff.mjs"),
  dockerfile: () => import("shiki/langs/dockerfile.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  haskell: () => import("shiki/langs/haskell.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  ini: () => import("shiki/langs/ini.mjs"),
  java: () => import("shiki/langs/java.mjs"),
  javascript: () => import("shiki/langs/javascript.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  julia: () => import("shiki/langs/julia.mjs"),
  kotlin: () => import("shiki/langs/kotlin.mjs"),
  latex: () => import("shiki/langs/latex.mjs"),
  lua: () => import("shiki/langs/lua.mjs"),
  makefile: () => import("shiki/langs/makefile.mjs"),
  php: () => import("shiki/langs/php.mjs"),
  powershell: () => import("shiki/langs/powershell.mjs"),
  python: () => import("shiki/langs/python.mjs"),
  r: () => import("shiki/langs/r.mjs"),
  ruby: () => import("shiki/langs/ruby.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  swift: () => import("shiki/langs/swift.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  tsx: () => import("shiki/langs/tsx.mjs"),
  xml: () => import("shiki/langs/xml.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
};

const otherNames: Record<string, string> = {
  "c++": "cpp",
  "c#": "csharp",
  cs: "csharp",
  docker: "dockerfile",
  hs: "haskell",
  js: "javascript",
  jsx: "tsx",
  kt: "kotlin",
  make: "makefile",
  ps1: "powershell",
  py: "python",
  python3: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  tex: "latex",
  ts: "typescript",
  yml: "yaml",
  zsh: "bash",
};

// Colours are CSS variables, so that the window's theme applies to code too.
const theme = createCssVariablesTheme({ name: "window", variablePrefix: "--code-", fontStyle: false });

let highlighter: Promise<HighlighterCore> | undefined;

/** Resolves with highlighted lines, or with null if the language has no grammar or the code is too long. */
export async function highlight(code: string, language: string): Promise<HighlightedLine[] | null> {
  const asked = language.toLowerCase();
  const name = (Object.hasOwn(otherNames, asked) ? otherNames[asked] : undefined) ?? asked;
  const grammar = Object.hasOwn(grammars, name) ? grammars[name] : undefined;
  if (!grammar) return null;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const ready = await highlighter;
  if (!ready.getLoadedLanguages().includes(name)) await ready.loadLanguage(grammar);
  const { tokens } = ready.codeToTokens(code, {
    lang: name,
    theme: "window",
    tokenizeMaxLineLength: 2000,
    // Per line, in elapsed time, which includes other programs' share, so this leaves room for a busy machine.
    tokenizeTimeLimit: 1000,
  });
  if (tokens.reduce((sum, line) => sum + line.length, 0) > maxPieces) return null;
  return tokens.map((line) => line.map(({ content, color }) => ({ text: content, color })));
}
