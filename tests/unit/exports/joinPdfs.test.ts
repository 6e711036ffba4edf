import { describe, expect, it } from "vitest";
import { joinPdfs, type PrintedPdf } from "../../../electron/workbench/exports/pdf/joinPdfs.ts";
import { helvetica, pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import { readPdfBack } from "../../support/exports/readPdfBack.ts";

async function joined(files: PrintedPdf[], between: () => void = () => undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const each = async function* () {
    for (const file of files) {
      yield file;
      between();
    }
  };
  for await (const piece of joinPdfs(each(), { title: "Chats" })) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("several PDFs as one", () => {
  it("keeps every page, in order, with a bookmark at the first page of each", async () => {
    const files = [
      { title: "First", pdf: pdfFile([pdfText("one"), pdfText("two")]) },
      { title: "第二 (2) \\ 🦘", pdf: pdfFile([pdfText("three")]) },
      { title: "Third\ud800", pdf: pdfFile([pdfText("four"), pdfText("five"), pdfText("six")]) },
    ];
    expect(await readPdfBack(await joined(files))).toEqual({
      title: "Chats",
      pages: ["one", "two", "three", "four", "five", "six"],
      bookmarks: [
        ["First", 1],
        ["第二 (2) \\ 🦘", 3],
        ["Third\ufffd", 4],
      ],
    });
  });

  it("changes only references: not what looks like one in a text, a name or a stream", async () => {
    const odd = "/X(1 0 R \\) endobj (2 0 R) stream)/Y<312030>/K#20R 1/Z 2 0 R%2 0 R\n";
    const drawn = `${pdfText("5 0 R")} % 5 0 R endobj\n`;
    const pdf = pdfFile([drawn], { font: `${helvetica}${odd}` });
    const bytes = await joined([
      { title: "a", pdf },
      { title: "b", pdf },
    ]);
    const text = bytes.toString("latin1");
    // The numbers from 1 to 4 are those of the whole file, and each PDF has five objects.
    for (const pages of [6, 11]) expect(text).toContain(odd.replace("/Z 2 0 R", `/Z ${pages} 0 R`));
    expect(text.split(drawn)).toHaveLength(3);
    expect((await readPdfBack(bytes)).pages).toEqual(["5 0 R", "5 0 R"]);
  });

  it("writes what is complete before the next one is asked for", async () => {
    let written = 0;
    const sizes: number[] = [];
    const pdf = pdfFile([pdfText("page")]);
    const each = async function* () {
      for (let count = 0; count < 50; count++) {
        sizes.push(written);
        yield { title: `${count}`, pdf };
      }
    };
    for await (const piece of joinPdfs(each(), { title: "Chats" })) written += piece.length;
    for (const [index, size] of sizes.entries()) expect(size).toBeGreaterThan(index * 200);
  });

  it("refuses what is larger than the table of a PDF can say", async () => {
    const pdf = pdfFile([pdfText("page")]);
    const two = async function* () {
      yield { title: "a", pdf };
      yield { title: "b", pdf };
    };
    const write = async (mostBytes: number): Promise<void> => {
      for await (const _ of joinPdfs(two(), { title: "Chats", mostBytes }));
    };
    await expect(write(pdf.length * 1.5)).rejects.toMatchObject({ code: "pdf-too-large" });
    await write(pdf.length * 3);
  });

  it.each([
    ["empty", ""],
    ["cut off", pdfFile([pdfText("x")]).subarray(0, 300)],
    ["of another kind", "<html>%%EOF"],
    [
      "with a table that leads elsewhere",
      pdfFile([pdfText("x")])
        .toString("latin1")
        .replace("0000000009 00000 n", "0000000011 00000 n"),
    ],
    [
      "with a string that does not end",
      pdfFile([pdfText("x")])
        .toString("latin1")
        .replace("/Helvetica", "(Helvetica"),
    ],
    ["changed later in the file", pdfFile([pdfText("x")], { more: "/Prev 9" })],
  ])("refuses a PDF that is %s", async (_, pdf) => {
    const bytes = Buffer.from(pdf as string, "latin1");
    await expect(joined([{ title: "x", pdf: bytes }])).rejects.toMatchObject({ code: "print-failed" });
  });
});
