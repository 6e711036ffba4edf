import { z } from "zod";
import { call } from "./call.ts";
import { previewLimits } from "./previewLimits.ts";

/** What a page is made of: a document with what it loads, one drawing, or a React component that a page is made for. */
export const previewKinds = ["html", "svg", "component"] as const;
export type PreviewKind = (typeof previewKinds)[number];

export const previewFileSchema = z.object({
  /** Pages load it by this name. */
  name: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/),
  text: z.string().max(previewLimits.fileChars),
});
export type PreviewFile = z.output<typeof previewFileSchema>;

/** A page to show. The first file is its document, drawing or component; the others are what it loads by name. */
export const previewPageSchema = z.object({
  kind: z.enum(previewKinds),
  files: z
    .array(previewFileSchema)
    .min(1)
    .max(previewLimits.files)
    .refine((files) => files.reduce((sum, { text }) => sum + text.length, 0) <= previewLimits.pageChars, "too-long")
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, "same-name"),
});
export type PreviewPage = z.output<typeof previewPageSchema>;

/**
 * How a window's page is. All states but the first three are ends: its process is gone, and `preview.reload` or
 * `preview.show` starts it anew.
 *
 *   closed ─show─▶ loading ─▶ running ─▶ stopped | notResponding | tooMuchMemory | tooMuchLogging | crashed
 *                     ▲──────────┴──────reload, show───────┘
 */
export const previewStates = [
  "closed",
  "loading",
  "running",
  /** `preview.stop` has ended it. */
  "stopped",
  /** It answered nothing for seconds, and was ended. */
  "notResponding",
  "tooMuchMemory",
  /** It wrote to its console faster than could be read, and was ended. */
  "tooMuchLogging",
  "crashed",
] as const;
export interface PreviewState {
  state: (typeof previewStates)[number];
  /** Whether it is shown while its files are still being written, without its scripts. */
  isPartial: boolean;
}

/** A line of a page's console. All its text is from the page, except for what the app says of it (`note`). */
export interface PreviewEntry {
  /** `network`: a request that was refused, with its address as the text. `note`: what the app says, in its language. */
  level: "log" | "info" | "warn" | "error" | "network" | "note";
  text: string;
  /** Where it comes from; null if that is not known. `line` is counted from 1. */
  line: number | null;
  file: string | null;
  /** How often it came in a row since the last event. */
  count: number;
}

/** An element that was pointed at. Both are from the page. */
export interface PointedElement {
  /** A CSS selector that finds it. */
  selector: string;
  /** Its HTML, cut at `previewLimits.textChars`. */
  html: string;
}

const pixels = z.number().min(-100_000).max(100_000);
export const previewBoundsSchema = z.object({ x: pixels, y: pixels, width: pixels.min(0), height: pixels.min(0) });
export type PreviewBounds = z.output<typeof previewBoundsSchema>;

/** Calls about the page that is shown beside a window's chat. Only Electron main handles them; each window has one page. */
export const previewCalls = {
  /** Shows a page in place of the one before. `isPartial`: its files are still being written, so no script of it runs. */
  "preview.show": call<null>()(previewPageSchema.extend({ isPartial: z.boolean() })),
  /** Where it is, in CSS pixels of the window's page; null hides it while it keeps running. */
  "preview.place": call<null>()(z.object({ bounds: previewBoundsSchema.nullable() })),
  /** Returns a picture of it as a PNG, to stand in its place while it is hidden or ended, or null if there is none. */
  "preview.picture": call<Uint8Array | null>()(z.object({})),
  /** Starts it anew, without what it stored. */
  "preview.reload": call<null>()(z.object({})),
  /** Ends its process. */
  "preview.stop": call<null>()(z.object({})),
  /** Ends its process and forgets it. */
  "preview.close": call<null>()(z.object({})),
  /** Gives it the keyboard, which F6 gives back to the window. */
  "preview.focus": call<null>()(z.object({})),
  /** Has the user click an element of it. Returns null if the user gave up (Esc), or it ended. */
  "preview.point": call<PointedElement | null>()(z.object({})),
  "preview.endPointing": call<null>()(z.object({})),
  /**
   * Asks the user where to save a page: one file as a file, several as a folder. Returns the chosen name, or null if the
   * user cancelled. Rejects with `file-not-saved` or `disk-full`.
   */
  "preview.save": call<string | null>()(previewPageSchema),
};
