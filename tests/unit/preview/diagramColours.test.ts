import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { diagramColours, themeVariables } from "../../../electron/preview/diagramColours.ts";

const channelsOf = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
/** As Mermaid has the events of a timeline, with their text: `filter: brightness(120%)`. */
const brighter = (channels: number[]): number[] => channels.map((channel) => Math.min(255, channel * 1.2));

function luminance(channels: number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const value = channel / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number[], other: number[]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test.each(["light", "dark"] as const)("texts are read on all fills of %s diagrams, which stand out", (theme) => {
  const colours = diagramColours[theme];
  const [ink, page] = [channelsOf(colours.ink), channelsOf(colours.page)];
  const fills = [...colours.fills, colours.critical].map(channelsOf);
  expect(new Set(colours.fills).size).toBe(12);
  for (const fill of [...fills, channelsOf(colours.track)]) expect(contrast(ink, fill)).toBeGreaterThanOrEqual(4.5);
  for (const fill of fills) {
    expect(contrast(brighter(ink), brighter(fill))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(page, fill)).toBeGreaterThan(1.6);
  }
  expect(themeVariables(colours)).toMatchObject({ pie1: colours.fills[0], cScale11: colours.fills[11] });
});

test("the colours of diagrams are the app's", async () => {
  const css = await readFile(new URL("../../../renderer/app/theme.css", import.meta.url), "utf8");
  const { light, dark } = diagramColours;
  for (const name of ["page", "ink", "track", "edge"] as const) {
    expect(css).toContain(`--${name}: light-dark(${light[name]}, ${dark[name]});`);
  }
});
