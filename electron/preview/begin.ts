import { describeValues } from "./describeValues.ts";
import { memoryStorage } from "./memoryStorage.ts";
import { randomUuid, standInSubtle } from "./standInCrypto.ts";

/*
 * Runs in a previewed page before its own scripts. It stands in for what an origin without a name does not have, so that
 * ordinary pages work. It protects nobody: the page can undo it, and what keeps the page in is outside of it.
 */

/** Begins the lines that come from here, with where they come from. Main reads it in `readConsole.ts`. */
const mark = "\u0001";
/** A page's lines in a second, and the characters of each. */
const mostLines = 200;
const longest = 2000;

type Level = "log" | "info" | "warn" | "error";

const { console } = globalThis;
const write = console.debug.bind(console);
let second = 0;
let written = 0;
let dropped = 0;

function tell(level: Level, text: string, stack: string | undefined): void {
  const now = Math.floor(performance.now() / 1000);
  if (now !== second) {
    second = now;
    written = 0;
  }
  if (++written > mostLines) {
    if (dropped++ === 0) setTimeout(tellDropped, 1100);
    return;
  }
  write(mark + JSON.stringify({ level, text: text.slice(0, longest), ...placeIn(stack), dropped: 0 }));
}

function tellDropped(): void {
  write(mark + JSON.stringify({ level: "log", text: "", line: null, url: null, dropped }));
  dropped = 0;
}

/** Returns where the page's own code called from. */
function placeIn(stack: string | undefined): { line: number | null; url: string | null } {
  for (const frame of (stack ?? "").split("\n").slice(1)) {
    const found = /(workbench-preview:\/\/page\/[^\s:)]*):(\d+):\d+\)?$/.exec(frame);
    if (found !== null && !frame.includes("/.workbench/")) return { line: Number(found[2]), url: found[1] ?? null };
  }
  return { line: null, url: null };
}

const levels: Record<string, Level> = {
  log: "log",
  debug: "log",
  dir: "log",
  dirxml: "log",
  table: "log",
  group: "log",
  groupCollapsed: "log",
  info: "info",
  warn: "warn",
  error: "error",
  trace: "log",
};
for (const [name, level] of Object.entries(levels)) {
  Object.defineProperty(console, name, {
    configurable: true,
    writable: true,
    enumerable: true,
    value: (...values: unknown[]) => {
      const text = describeValues(values);
      // Said by React wherever its tools could be installed.
      if (!text.includes("Download the React DevTools")) tell(level, text, new Error().stack);
    },
  });
}

function define(target: object, name: string, get: () => unknown, set?: (value: unknown) => void): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get,
    ...(set === undefined ? {} : { set }),
  });
}

const local = memoryStorage();
const ofSession = memoryStorage();
define(globalThis, "localStorage", () => local);
define(globalThis, "sessionStorage", () => ofSession);

const cookies = new Map<string, string>();
define(
  document,
  "cookie",
  () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
  (given) => {
    const [pair = ""] = String(given).split(";", 1);
    const [name = "", ...rest] = pair.split("=");
    const isPast = /;\s*max-age=(?:0|-)/i.test(String(given)) || /;\s*expires=[^;]*\b19[67]\d\b/i.test(String(given));
    if (isPast) cookies.delete(name.trim());
    else if (cookies.size < 50) cookies.set(name.trim().slice(0, 200), rest.join("=").trim().slice(0, 4000));
  },
);

// Chromium offers these to secure pages only, as which it does not count this one, so that it has no worklets.
const subtle = standInSubtle();
define(crypto, "subtle", () => subtle);
Object.defineProperty(crypto, "randomUUID", {
  configurable: true,
  writable: true,
  enumerable: true,
  value: randomUuid,
});
const refuse = (): Promise<never> => Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
const clipboard = { read: refuse, readText: refuse, write: refuse, writeText: refuse };
define(navigator, "clipboard", () => clipboard);
const mediaDevices = Object.assign(new EventTarget(), {
  enumerateDevices: () => Promise.resolve([]),
  getDisplayMedia: refuse,
  getSupportedConstraints: () => ({}),
  getUserMedia: refuse,
});
define(navigator, "mediaDevices", () => mediaDevices);

// A dialog would hold up the page, so each is answered at once, as a user who goes on would.
const asText = (value: unknown): string => (value === undefined ? "" : describeValues([value]));
const dialogs = {
  alert: (text?: unknown) => tell("info", `alert: ${asText(text)}`, new Error().stack),
  confirm: (text?: unknown) => {
    tell("info", `confirm: ${asText(text)} → true`, new Error().stack);
    return true;
  },
  prompt: (text?: unknown, usual?: unknown) => {
    const answer = usual === undefined ? null : asText(usual);
    tell("info", `prompt: ${asText(text)} → ${JSON.stringify(answer)}`, new Error().stack);
    return answer;
  },
  print: () => tell("info", "print", new Error().stack),
};
for (const [name, value] of Object.entries(dialogs)) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, enumerable: true, value });
}

// Without an origin, a page may not name another address in its history, as pages with routes do.
for (const name of ["pushState", "replaceState"] as const) {
  const plain = history[name].bind(history);
  history[name] = (state: unknown, unused: string, url?: string | URL | null) => {
    try {
      plain(state, unused, url);
    } catch {
      plain(state, unused);
    }
  };
}
