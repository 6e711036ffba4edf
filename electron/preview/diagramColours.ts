interface Colours {
  /** As the app has them (`--page`, `--ink`, `--track`, `--edge`), so that the picture is not seen to have an edge. */
  page: string;
  ink: string;
  track: string;
  edge: string;
  /** Equally light, neighbours unlike each other. Ink on them has 4.5:1, also on the brighter ones of a timeline. */
  fills: readonly string[];
  /** A fill for what is critical. */
  critical: string;
}

export const diagramColours: Record<"light" | "dark", Colours> = {
  light: {
    page: "#ffffff",
    ink: "#1b1f20",
    track: "#e2e6e6",
    edge: "#cfd4d4",
    fills: "#7ed6d5 #e5bd86 #ccb8f4 #a2d3a2 #f7aead #9fc7fb #ccc887 #e7b0da #8ad6bc #f3b397 #85d0ee #b9bffb".split(" "),
    critical: "#f7aead",
  },
  dark: {
    page: "#1a1c1d",
    ink: "#e4e7e7",
    track: "#34393a",
    edge: "#3d4445",
    fills: "#006c6c #79561e #655286 #3d6a3f #874949 #3b5f8d #65601f #7b4a71 #1b6d56 #854d33 #136782 #54588d".split(" "),
    critical: "#874949",
  },
};

/** Returns the colours that Mermaid's own theme gets wrong: those of fills, and of the texts on them. */
export function themeVariables({ page, ink, track, edge, fills, critical }: Colours): Record<string, string> {
  const ofFills = fills.flatMap((fill, index) => [
    [`cScale${index}`, fill],
    [`cScaleLabel${index}`, ink],
    [`pie${index + 1}`, fill],
    [`git${index}`, fill],
    [`gitBranchLabel${index}`, ink],
  ]);
  return {
    ...Object.fromEntries(ofFills),
    pieOpacity: "1",
    pieStrokeColor: page,
    pieOuterStrokeColor: page,
    pieTitleTextColor: ink,
    pieSectionTextColor: ink,
    pieLegendTextColor: ink,
    commitLabelColor: ink,
    commitLabelBackground: track,
    tagLabelColor: ink,
    tagLabelBackground: track,
    tagLabelBorder: edge,
    titleColor: ink,
    taskBkgColor: fills[0] ?? track,
    taskBorderColor: edge,
    activeTaskBkgColor: fills[5] ?? track,
    activeTaskBorderColor: ink,
    doneTaskBkgColor: track,
    doneTaskBorderColor: edge,
    critBkgColor: critical,
    critBorderColor: critical,
    taskTextColor: ink,
    taskTextDarkColor: ink,
    taskTextLightColor: ink,
    taskTextOutsideColor: ink,
    sectionBkgColor: track,
    altSectionBkgColor: page,
    sectionBkgColor2: track,
  };
}
