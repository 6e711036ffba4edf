import { WebContentsView } from "electron";
import { z } from "zod";
import { diagramLimits } from "../../contract/diagramLimits.ts";
import type { DiagramTheme, DrawnDiagram } from "../../contract/diagrams.ts";
import { diagramPage, diagramPolicy } from "./diagramPage.ts";
import { endContents } from "./endContents.ts";
import { guardPreview } from "./guardPreview.ts";
import { PageWatch } from "./PageWatch.ts";
import type { PreviewLibraries } from "./PreviewLibraries.ts";
import { PreviewPartition } from "./PreviewPartition.ts";
import { previewAddress } from "./previewScheme.ts";
import { readPngSize } from "./readPngSize.ts";
import { untrustedPreferences } from "./untrustedPreferences.ts";

export interface DiagramToDraw {
  text: string;
  theme: DiagramTheme;
}

/** The largest diagrams that Mermaid takes need less, on a busy machine too. */
const mostMs = 60_000;
const { textChars, side, pixels, pngBytes, messageChars } = diagramLimits;
const prefix = "data:image/png;base64,";
const fileName = "diagram.html";

/** What comes back is from a process that has run what a model has written. */
const drawnSchema = z.union([
  z.object({
    png: z
      .string()
      .startsWith(prefix)
      .max(Math.ceil((pngBytes * 4) / 3)),
    width: z.number().int().min(1).max(1_000_000),
    height: z.number().int().min(1).max(1_000_000),
  }),
  z.object({ message: z.string().transform((text) => text.slice(0, messageChars)) }),
]);

/** Views in no window, which would be collected as garbage while they draw. */
const open = new Set<WebContentsView>();

/**
 * Draws a diagram in a page of its own, which has a process and a session as a previewed page has and ends with the
 * drawing.
 * @param signal Ends it early, as crashed.
 */
export async function drawDiagram(
  libraries: PreviewLibraries,
  { text, theme }: DiagramToDraw,
  signal: AbortSignal,
): Promise<DrawnDiagram> {
  if (signal.aborted) return { state: "failed", reason: "crashed" };
  const ignored = (): void => undefined;
  const partition = new PreviewPartition({
    find: (path) => (path === `/${fileName}` ? diagramPage : null),
    libraries,
    policy: () => diagramPolicy,
    onLibrary: ignored,
    onRefused: ignored,
  });
  let end: (drawn: DrawnDiagram) => void = ignored;
  const ended = new Promise<DrawnDiagram>((resolve) => {
    end = resolve;
  });
  const fail = (reason: Extract<DrawnDiagram, { state: "failed" }>["reason"]): void => end({ state: "failed", reason });
  const crashed = (): void => fail("crashed");
  // It is in no window, and would be slowed down as a hidden page.
  const view = new WebContentsView({
    webPreferences: { ...untrustedPreferences(partition.session), backgroundThrottling: false },
  });
  const { webContents: contents } = view;
  open.add(view);
  let watch: PageWatch | null = null;
  const timer = setTimeout(() => fail("tooSlow"), mostMs);
  try {
    guardPreview(contents, { onGo: ignored, onRefused: ignored, onLeave: ignored, onEscape: ignored });
    contents.setAudioMuted(true);
    watch = new PageWatch(contents, null, (trouble) => fail(trouble === "notResponding" ? "tooSlow" : trouble));
    signal.addEventListener("abort", crashed);
    contents.on("render-process-gone", (_event, { reason }) => fail(reason === "oom" ? "tooMuchMemory" : "crashed"));
    contents.once("destroyed", crashed);
    watch.loads();
    contents
      .loadURL(previewAddress(fileName))
      .then(() => {
        watch?.hasLoaded();
        const asked = { text, isDark: theme === "dark", mostChars: textChars, mostSide: side, mostPixels: pixels };
        return contents.mainFrame.executeJavaScript(`drawDiagram(${JSON.stringify(asked)})`);
      })
      .then((given: unknown) => end(read(given)), crashed);
    return await ended;
  } finally {
    clearTimeout(timer);
    watch?.stop();
    signal.removeEventListener("abort", crashed);
    endContents(contents);
    open.delete(view);
    await partition.close();
  }
}

/** Returns what the page has drawn, if it is what it says it is. */
function read(given: unknown): DrawnDiagram {
  const parsed = drawnSchema.safeParse(given);
  if (!parsed.success) return { state: "failed", reason: "crashed" };
  if ("message" in parsed.data) return { state: "wrong", message: parsed.data.message };
  const png = new Uint8Array(Buffer.from(parsed.data.png.slice(prefix.length), "base64"));
  const size = readPngSize(png);
  if (size === null || Math.max(size.width, size.height) > side || size.width * size.height > pixels) {
    return { state: "failed", reason: "crashed" };
  }
  const { width, height } = parsed.data;
  return { state: "drawn", png, width, height };
}
