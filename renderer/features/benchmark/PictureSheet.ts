import type { BenchmarkSpeed } from "../../../electron/contract/benchmark.ts";

export type PictureItem =
  | { kind: "box"; x: number; y: number; width: number; height: number; colour: string }
  | { kind: "text"; x: number; y: number; text: string; colour: string; font: string; maxWidth: number };

export interface Picture {
  width: number;
  height: number;
  /** In drawing order. The `y` of a text is its baseline. */
  items: PictureItem[];
}

// Independent of the theme, since a picture looks the same wherever it is shown.
export const colours = {
  page: "#ffffff",
  ink: "#1b1f20",
  quiet: "#5b6465",
  bar: "#0d676d",
  track: "#e2e7e7",
  amber: "#8a5a00",
};
const width = 1200;
export const margin = 56;
const inner = width - 2 * margin;
export const rowHeight = 60;
/** How many Latin characters fit on one line at the font sizes below. */
const longestLine = 120;

export const sans = (size: number, weight = 400): string => `${weight} ${size}px system-ui, sans-serif`;
export const mono = (size: number, weight = 400): string =>
  `${weight} ${size}px ui-monospace, "DejaVu Sans Mono", monospace`;

/** A row of a picture: what was measured, a bar, and the figures. */
export interface PictureRow {
  name: string;
  meaning: string;
  figure: BenchmarkSpeed;
  /** The value that fills the bar. */
  most: number;
  value: string;
  range: string;
}

/** A picture as it is being drawn, from the top down. */
export class PictureSheet {
  readonly #items: PictureItem[] = [];

  text(x: number, y: number, words: string, font: string, colour: string, maxWidth = inner): void {
    this.#items.push({ kind: "text", x, y, text: shortened(words), colour, font, maxWidth });
  }

  row({ name, meaning, figure, most, value, range }: PictureRow, top: number): void {
    const bar = { x: margin + 380, width: 320 };
    const { median, lowerQuartile, upperQuartile } = figure;
    const across = (part: number): number => (bar.width * part) / most;
    this.text(margin, top + 24, name, mono(22), colours.ink, 360);
    this.text(margin, top + 46, meaning, sans(16), colours.quiet, 360);
    this.#box(bar.x, top + 14, bar.width, 14, colours.track);
    this.#box(bar.x, top + 14, across(median), 14, colours.bar);
    const [low, high] = [bar.x + across(lowerQuartile), bar.x + across(upperQuartile)];
    this.#box(low, top + 20, high - low, 2, colours.ink);
    for (const end of [low, high]) this.#box(end - 1, top + 10, 2, 22, colours.ink);
    this.text(bar.x + bar.width + 24, top + 30, value, mono(26, 600), colours.ink, 180);
    this.text(bar.x + bar.width + 212, top + 29, range, mono(18), colours.quiet, 152);
  }

  /** Returns the picture, which ends below this line. */
  endingAt(y: number): Picture {
    const height = y + margin - 28;
    return {
      width,
      height,
      items: [{ kind: "box", x: 0, y: 0, width, height, colour: colours.page }, ...this.#items],
    };
  }

  #box(x: number, y: number, boxWidth: number, height: number, colour: string): void {
    this.#items.push({ kind: "box", x, y, width: boxWidth, height, colour });
  }
}

function shortened(words: string): string {
  let room = longestLine;
  for (const [at, character] of Array.from(words).entries()) {
    room -= character > "\u2E80" ? 2 : 1;
    if (room < 0)
      return `${Array.from(words)
        .slice(0, at - 1)
        .join("")}…`;
  }
  return words;
}
