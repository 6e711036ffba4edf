import { z } from "zod";
import { call } from "./call.ts";
import { diagramLimits } from "./diagramLimits.ts";

export const diagramThemes = ["light", "dark"] as const;
export type DiagramTheme = (typeof diagramThemes)[number];

/** What became of a diagram. */
export type DrawnDiagram =
  /** `width` and `height` are its own size in CSS pixels; the picture has up to twice as many. */
  | { state: "drawn"; png: Uint8Array<ArrayBuffer>; width: number; height: number }
  /** Mermaid cannot draw it. The message is Mermaid's, in English, and quotes the diagram; it may be empty. */
  | { state: "wrong"; message: string }
  /** Its process was ended, or ended by itself. */
  | { state: "failed"; reason: "tooSlow" | "tooMuchMemory" | "crashed" };

/** Calls about the diagrams in replies. Only Electron main handles them. */
export const diagramCalls = {
  /** Draws a diagram in Mermaid's language as a PNG. One is drawn at a time, others wait. */
  "diagrams.draw": call<DrawnDiagram>()(
    z.object({ text: z.string().max(diagramLimits.textChars), theme: z.enum(diagramThemes) }),
  ),
  /** Ends what the window has had drawn until now, and what waits of it. Those drawings have failed as crashed. */
  "diagrams.stop": call<null>()(z.object({})),
};
