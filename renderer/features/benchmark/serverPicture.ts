import type { ServerBenchmarkResult } from "../../../electron/contract/serverBenchmark.ts";
import { serverFigures, serverNotes } from "../../../electron/texts/benchmark/serverResult.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { colours, margin, type Picture, PictureSheet, rowHeight, sans } from "./PictureSheet.ts";

/** Returns a result of a server as a picture to share, with the server's name, and without its address. */
export function serverPicture(texts: Texts, result: ServerBenchmarkResult): Picture {
  const { say, figures } = texts;
  const { server, model, plan } = result;
  const sheet = new PictureSheet();
  const heading = say("benchmark:server.picture", { day: figures.day(result.startedAt) });
  sheet.text(margin, 64, heading, sans(22), colours.quiet);
  sheet.text(margin, 120, model.name, sans(44, 600), colours.ink);
  const measured = say("benchmark:server.measuredAt", { model: model.named, place: server.name });
  sheet.text(margin, 156, measured, sans(22), colours.quiet);
  sheet.text(margin, 186, say("benchmark:server.notComparable"), sans(18, 600), colours.amber);
  let y = 216;
  for (const { name, figure, median, spread, runs: count } of serverFigures(texts, result)) {
    const meaning = `${say("benchmark:server.columns.runs")}: ${count}`;
    sheet.row({ name, meaning, figure, most: figure.upperQuartile, value: median, range: spread }, y);
    y += rowHeight;
  }
  y += 24;
  const [counted = null] = serverNotes(texts, result);
  for (const line of [
    [
      say("benchmark:server.plan", { prompt: plan.promptTokens, written: plan.writtenTokens }),
      server.dialect === null ? null : say(`servers:dialects.${server.dialect}`),
      `R1 Workbench ${result.appVersion}`,
    ],
    [counted],
  ]) {
    sheet.text(margin, y, figures.joined(line), sans(18), colours.quiet);
    y += 28;
  }
  return sheet.endingAt(y);
}
