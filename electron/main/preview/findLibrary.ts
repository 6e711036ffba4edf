/** Where pages usually load libraries from. What is asked of these hosts is answered from the app's own files. */
export const libraryHosts = [
  "unpkg.com",
  "cdn.jsdelivr.net",
  "cdnjs.cloudflare.com",
  "esm.sh",
  "cdn.skypack.dev",
  "cdn.tailwindcss.com",
  "d3js.org",
];

export interface FoundLibrary {
  /** The name of the package, as in `versions.json`. */
  name: string;
  /** The version that was asked for, such as "18" or "4.4.0"; null if none was. */
  asked: string | null;
  /** The file in the folder of libraries. */
  file: string;
}

interface Asked {
  name: string;
  version: string | null;
  path: string;
  isModule: boolean;
}

const mostChars = 500;
const otherNames: Record<string, string> = {
  "three.js": "three",
  "babel-standalone": "@babel/standalone",
  chartjs: "chart.js",
};

/** Returns the library that an address of one of these hosts stands for, or null if it is none of those here. */
export function findLibrary(url: string): FoundLibrary | null {
  const asked = url.length > mostChars ? null : readAddress(url);
  if (asked === null) return null;
  const { name, version, path, isModule } = asked;
  const found = (file: string, as = name): FoundLibrary => ({ name: as, asked: version, file });
  switch (name) {
    case "react":
      if (/\/jsx(?:-dev)?-runtime/.test(path)) return found("react-jsx-runtime.mjs");
      return found(isModule ? "react.mjs" : "react.js");
    case "react-dom":
      return found(isModule ? "react-dom.mjs" : "react-dom.js");
    case "d3":
      return found(isModule ? "d3.mjs" : "d3.js");
    case "chart.js":
      return found(isModule || /\/auto\b|\/dist\/chart\.js$/.test(path) ? "chart.mjs" : "chart.js");
    case "@babel/standalone":
      return found("babel.js");
    case "@tailwindcss/browser":
      return found("tailwind.js");
    case "tailwindcss":
      return path.endsWith(".css") ? null : found("tailwind.js", "@tailwindcss/browser");
    case "katex":
      return katexFile(path, isModule, found);
    case "three":
      return threeFile(path, isModule, found);
    default:
      return null;
  }
}

function katexFile(path: string, isModule: boolean, found: (file: string) => FoundLibrary): FoundLibrary | null {
  const font = /\/fonts\/(KaTeX_[A-Za-z0-9_-]+\.woff2)$/.exec(path)?.[1];
  if (font !== undefined) return found(`fonts/${font}`);
  if (path.endsWith(".css")) return found("katex.css");
  if (path.includes("auto-render")) return found(isModule ? "katex-auto-render.mjs" : "katex-auto-render.js");
  return path.includes("/contrib/") ? null : found(isModule ? "katex.mjs" : "katex.js");
}

function threeFile(
  path: string,
  isModule: boolean,
  found: (file: string, as?: string) => FoundLibrary,
): FoundLibrary | null {
  const addon = /\/(?:examples\/jsm|addons)\/([\w./-]+?)(?:\.js)?$/.exec(path)?.[1];
  if (addon !== undefined) return found(`three-addons/${addon}.js`);
  if (/\/examples\/js\/controls\/OrbitControls/.test(path)) return found("three-r128-OrbitControls.js", "three-r128");
  if (path.includes("/examples/")) return null;
  return isModule ? found("three.js") : found("three-r128.js", "three-r128");
}

function readAddress(url: string): Asked | null {
  const { host, pathname, search } = new URL(url);
  const isModule =
    /\+esm$|\.mjs$|\.module(?:\.min)?\.js$|\/esm\/|\/es6\//.test(pathname) || /[?&]module\b/.test(search);
  switch (host) {
    case "cdn.tailwindcss.com":
      return { name: "tailwindcss", version: /^\/(\d[\d.]*)/.exec(pathname)?.[1] ?? "3", path: "", isModule: false };
    case "d3js.org": {
      const version = /^\/d3\.v(\d+)(?:\.min)?\.js$/.exec(pathname)?.[1];
      return version === undefined ? null : { name: "d3", version, path: "", isModule: false };
    }
    case "cdnjs.cloudflare.com": {
      const [, name = "", version = "", path = ""] = /^\/ajax\/libs\/([^/]+)\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
      return name === "" ? null : { name: usual(name), version: plainVersion(version), path, isModule };
    }
    case "unpkg.com":
      return ofPackage(pathname, isModule);
    case "cdn.jsdelivr.net":
      return pathname.startsWith("/npm/") ? ofPackage(pathname.slice(4), isModule || pathname.endsWith("/esm")) : null;
    case "esm.sh":
      return ofPackage(pathname.replace(/^\/(?:v\d+|stable)\//, "/").replace(/^\/\*/, "/"), true);
    case "cdn.skypack.dev":
      return ofPackage(pathname.replace(/^\/(?:-|pin)\//, "/"), true);
    default:
      return null;
  }
}

function ofPackage(pathname: string, isModule: boolean): Asked | null {
  const found = /^\/((?:@[\w.-]+\/)?[\w.-]+?)(?:@([^/@]+))?(\/.*)?$/.exec(pathname);
  if (found === null) return null;
  const [, name = "", version, path = ""] = found;
  return { name: usual(name), version: version === undefined ? null : plainVersion(version), path, isModule };
}

function usual(name: string): string {
  const lower = name.toLowerCase();
  return otherNames[lower] ?? lower;
}

/** Returns the figures of a version: "18.2.0" of "^18.2.0", "0.128" of three.js's "r128". */
function plainVersion(version: string): string | null {
  const revision = /^r(\d+)$/.exec(version)?.[1];
  return revision === undefined ? (/\d[\d.]*/.exec(version)?.[0] ?? null) : `0.${revision}`;
}
