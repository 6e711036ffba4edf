/*
 * Draws a Mermaid diagram as a picture, in a page of its own that has nothing else. What it gets is a model's, and so
 * hostile; what comes back is only ever a PNG.
 */
import mermaid from "mermaid";
import { diagramColours, themeVariables } from "./diagramColours.ts";

interface Asked {
  text: string;
  isDark: boolean;
  mostChars: number;
  mostSide: number;
  mostPixels: number;
}

/** `message`: why Mermaid cannot draw it, in its own words. */
type Drawn = { png: string; width: number; height: number } | { message: string };

/** What the text of a diagram may not set. */
const notOfDiagrams =
  "secure securityLevel startOnLoad maxTextSize suppressErrorRendering maxEdges htmlLabels logLevel fontFamily themeCSS dompurifyConfig".split(
    " ",
  );
/** Device pixels for each CSS pixel, so that it is sharp on dense screens and on paper. */
const density = 2;
const margin = 8;

/**
 * Resolves with the picture of a diagram, at its own size, or with what is wrong in its text. Rejects if what Mermaid has
 * drawn cannot be made a picture.
 */
async function drawDiagram({ text, isDark, mostChars, mostSide, mostPixels }: Asked): Promise<Drawn> {
  const colours = diagramColours[isDark ? "dark" : "light"];
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
    theme: isDark ? "dark" : "default",
    themeVariables: themeVariables(colours),
    fontFamily: "system-ui, sans-serif",
    maxTextSize: mostChars,
    suppressErrorRendering: true,
    logLevel: "fatal",
    secure: notOfDiagrams,
  });
  // Mermaid measures texts in the document, and draws there.
  const place = document.querySelector("main") ?? document.body;
  try {
    place.innerHTML = (await mermaid.render("diagram", text, place)).svg;
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
  const svg = place.querySelector("svg");
  const { width = 0, height = 0 } = svg?.viewBox.baseVal ?? {};
  if (svg === null || !(width > 0 && height > 0)) throw new Error("The drawing has no size");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.style.removeProperty("max-width");
  const image = await loadImage(`data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`);

  const full = { width: width + 2 * margin, height: height + 2 * margin };
  const scale = Math.min(
    density,
    mostSide / Math.max(full.width, full.height),
    Math.sqrt(mostPixels / (full.width * full.height)),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(full.width * scale));
  canvas.height = Math.max(1, Math.floor(full.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("There is no canvas to draw on");
  context.fillStyle = colours.page;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.drawImage(image, margin, margin, width, height);
  return { png: canvas.toDataURL("image/png"), width: Math.ceil(full.width), height: Math.ceil(full.height) };
}

/** As an image, the drawing can neither load anything nor run a script. */
function loadImage(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The drawing cannot be read"));
    image.src = address;
  });
}

Object.assign(globalThis, { drawDiagram });
