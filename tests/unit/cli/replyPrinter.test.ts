import { expect, it } from "vitest";
import { ReplyPrinter } from "../../../electron/cli/ReplyPrinter.ts";
import { terminalText } from "../../../electron/cli/terminalText.ts";
import type { Terminal } from "../../../electron/cli/Terminal.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

/** Returns what was written to the two streams of a terminal, in order. */
function printed(...pieces: (readonly ["thought" | "answer", string])[]): string {
  let out = "";
  const printer = new ReplyPrinter({
    write: (text: string) => (out += terminalText(text)),
    aside: (text: string) => (out += `(${terminalText(text)})`),
    progress: () => undefined,
  } as unknown as Terminal);
  for (const [part, piece] of pieces) printer.piece(part, piece);
  printer.end();
  return out.replaceAll(")(", "");
}

it("prints the thought and the answer, each on its own lines", () => {
  expect(printed(["thought", "\nhm"], ["thought", "\n\n"], ["answer", "\n\n4"], ["answer", "2"])).toBe("(hm\n\n)42\n");
});

it("treats CR LF as one line end, wherever a piece is split", () => {
  const thought = "\r\nhm\r\nso\r\n";
  const answer = "\r\n\r\na\r\n\r\nb\r\n";
  const expected = printed(["thought", "\nhm\nso\n"], ["answer", "\n\na\n\nb\n"]);
  expect(printed(["thought", thought], ["answer", answer])).toBe(expected);
  const signs = [
    ...Array.from(thought, (sign) => ["thought", sign] as const),
    ...Array.from(answer, (sign) => ["answer", sign] as const),
  ];
  expect(printed(...signs)).toBe(expected);
});

it("shows a lone CR as a symbol, because a terminal would overwrite the line", () => {
  expect(printed(["answer", "a\rb"], ["answer", "\r"], ["answer", "c\r"])).toBe("a␍b␍c␍\n");
  expect(printed(["thought", "a\r"], ["answer", "b"])).toBe("(a␍\n)b\n");
});

it("shows the progress of loading and reading in the terminal's language", () => {
  const shown: string[] = [];
  const printer = new ReplyPrinter({
    texts: openTexts("fr"),
    progress: (text: string) => shown.push(text),
  } as unknown as Terminal);
  printer.stage({ stage: "loading", fraction: 0.5 });
  printer.stage({
    stage: "reading",
    readTokens: 512,
    promptTokens: 2048,
    cachedTokens: 0,
    tokensPerSecond: null,
  });
  expect(shown.map((text) => text.replaceAll(/\s/g, " "))).toEqual([
    "Chargement du modèle : 50 %",
    "Lecture du prompt : 512 tokens sur 2 048",
  ]);
});

it("says while a model is loaded that the graphics driver is being prepared", () => {
  const lines: string[] = [];
  const terminal = { texts: openTexts("en"), progress: (text: string) => lines.push(text) };
  const printer = new ReplyPrinter(terminal as unknown as Terminal);
  printer.stage({ stage: "loading", fraction: 0.5 });
  printer.stage({ stage: "loading", fraction: 1, isPreparing: true });
  expect(lines).toEqual([
    "Loading the model: 50 %",
    "Preparing the graphics driver, which can take a minute the first time",
  ]);
});

it("begins a new line before progress in the middle of an answer, which would otherwise overwrite it", () => {
  let out = "";
  const printer = new ReplyPrinter({
    texts: openTexts("en"),
    write: (text: string) => (out += text),
    progress: (text: string, startsLine?: boolean) => (out += `${startsLine === false ? "\n" : ""}<${text}>`),
  } as unknown as Terminal);
  const stage = { stage: "summarizing", part: 1, parts: 1 } as const;
  printer.stage(stage);
  printer.piece("answer", "It is");
  printer.stage(stage);
  printer.stage(stage);
  printer.piece("answer", " 42.\n");
  printer.stage(stage);
  printer.end();
  const progress = openTexts("en").say("cli:reply.summarizing", { part: 1, parts: 1 });
  expect(out).toBe(`<${progress}><>It is\n<${progress}><${progress}><> 42.\n<${progress}><>`);
});
