import type { ServedText } from "./pageFile.ts";
import { ownFolder, previewScheme } from "./previewScheme.ts";

/** The page in which a diagram is drawn: our script, and a place as wide as what fits into a chat with a large window. */
export const diagramPage: ServedText = {
  text: `<!doctype html><meta charset="utf-8"><main style="width:960px"></main><script src="${ownFolder}libraries/diagram.js"></script>`,
  type: "text/html; charset=utf-8",
};

/** Its Content-Security-Policy: an origin of its own, our script only, and nothing that is loaded from anywhere. */
export const diagramPolicy = [
  "sandbox allow-scripts",
  "default-src 'none'",
  `script-src ${previewScheme}:`,
  "style-src 'unsafe-inline'",
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
