import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../../../electron/workbench/documents/readDocument.ts";
import { chineseFont, pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import { enginePaths } from "../../support/engine/engineForTests.ts";
import { zipFile } from "../../support/imports/zipFile.ts";

const reader = {
  nodePath: enginePaths.nodePath,
  entry: fileURLToPath(new URL("../../../out/workbench/documentReader.mjs", import.meta.url)),
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "documents-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(name: string, content: string | Buffer | Record<string, string | Buffer>): Promise<string> {
  const path = join(folder, name);
  if (typeof content === "string" || Buffer.isBuffer(content)) await writeFile(path, content);
  else await zipFile(path, content);
  return path;
}

type Content = Parameters<typeof written>[1];
/** Reads a file, and checks what is said about it besides its text. */
async function read(name: string, content: Content) {
  const path = await written(name, content);
  const { sizeBytes, sha256, ...document } = await readDocument(reader, path);
  const bytes = await readFile(path);
  expect(sizeBytes).toBe(bytes.length);
  expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  return document;
}

describe("text", () => {
  it.each([
    ["UTF-8 with a mark", Buffer.from("\uFEFFél 你", "utf8"), "él 你"],
    ["UTF-16", Buffer.from("\uFEFFél 你", "utf16le"), "él 你"],
    [
      "Windows-1252",
      Buffer.from("Les \xe9l\xe8ves \xe9taient tr\xe8s occup\xe9s cet \xe9t\xe9.", "latin1"),
      "Les élèves",
    ],
    ["GB18030", Buffer.from("d6d0b9fac8cbc3f1b9b2bacdb9fa".repeat(4), "hex"), "中国人民共和国"],
  ])("is read in %s", async (_, bytes, text) => {
    const document = await read("notes.csv", bytes);
    expect(document).toMatchObject({ format: "text", unit: null });
    expect(document.parts[0]).toContain(text);
  });

  it("is what a program is, also if it mentions a PDF", async () => {
    await expect(read("make.py", 'header = "%PDF-1.4"\n')).resolves.toMatchObject({ format: "text" });
  });
});

it("reads what a page shows: no scripts, no hidden parts, entities as characters", async () => {
  const page = `<!doctype html><title>Tax &amp; law</title><script>alert(1)</script><style>p{}</style>
    <h2>Rates</h2><p>One&nbsp;<b>two</b>
    three<br>four</p><p hidden>secret</p><ul><li>a<li>b</ul><table><tr><th>x<th>y<tr><td>1<td>2</table><pre>a
  b</pre>`;
  await expect(read("page.html", page)).resolves.toEqual({
    format: "html",
    title: "Tax & law",
    unit: null,
    parts: ["## Rates\n\nOne two three\nfour\n\n- a\n- b\n\nx | y\n1 | 2\n\na\n  b"],
  });
});

describe("PDF", () => {
  it("is read page by page, with its lines and paragraphs", async () => {
    const first = "BT /F1 12 Tf 72 700 Td (Page one) Tj 0 -14 Td (line two) Tj 0 -40 Td (Paragraph) Tj ET";
    await expect(read("two.pdf", pdfFile([first, pdfText("Page two")]))).resolves.toEqual({
      format: "pdf",
      title: null,
      unit: "page",
      parts: ["Page one\nline two\n\nParagraph", "Page two"],
    });
  });

  it("is read in Chinese, also if its font has no table of characters", async () => {
    const drawn = `BT /F1 12 Tf 72 700 Td <${Buffer.from("你好世界", "utf16le").swap16().toString("hex")}> Tj ET`;
    const document = await read("chinese.pdf", pdfFile([drawn], { font: chineseFont }));
    expect(document.parts).toEqual(["你好世界"]);
  });

  it("with pictures only is said to be scanned", async () => {
    await expect(read("scan.pdf", pdfFile(["0 0 m 9 9 l S"]))).rejects.toMatchObject({
      code: "document-unreadable",
      facts: { name: "scan.pdf", case: "scanned" },
    });
  });

  it("with a password is said to have one", async () => {
    const key = "00".repeat(32);
    const more = `/Encrypt<</Filter/Standard/V 1/R 2/O<${key}>/U<${key}>/P -4>>/ID[<00><00>]`;
    await expect(read("locked.pdf", pdfFile([pdfText("x")], { more }))).rejects.toMatchObject({
      facts: { case: "password" },
    });
  });
});

const paragraph = (text: string, style = ""): string => `<w:p>${style}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const docx = (body: string) => ({
  "[Content_Types].xml": "<Types/>",
  "word/document.xml": `<w:document><w:body>${body}</w:body></w:document>`,
});

describe("DOCX", () => {
  it("is read with headings, lists, tables and notes, without deleted text", async () => {
    const body = [
      paragraph("Title", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'),
      paragraph("Kept &lt;as is&gt;"),
      "<w:p><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>",
      paragraph("item", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
      `<w:tbl><w:tr><w:tc>${paragraph("1")}</w:tc><w:tc>${paragraph("2")}</w:tc></w:tr></w:tbl>`,
    ].join("");
    const files = {
      ...docx(body),
      "word/footnotes.xml": `<w:footnotes>${paragraph("Note")}</w:footnotes>`,
      "docProps/core.xml": "<cp:coreProperties><dc:title>Report</dc:title></cp:coreProperties>",
    };
    await expect(read("report.docx", files)).resolves.toEqual({
      format: "docx",
      title: "Report",
      unit: null,
      parts: ["# Title\n\nKept <as is>\n\na\tb\n\n- item\n\n1 | 2\n\nNote"],
    });
  });

  it("is found under another name, and elements may have names that all objects have", async () => {
    const xml = docx(`<__proto__ w:val="1"/><constructor/><toString>x</toString>${paragraph("moved")}`)[
      "word/document.xml"
    ];
    const target = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target=';
    const files = (name: string) => ({
      "_rels/.rels": `<Relationships><Relationship ${target}"${name}"/></Relationships>`,
      "word/document2.xml": xml,
      "secret.xml": xml,
    });
    await expect(read("moved.docx", files("/word/document2.xml"))).resolves.toMatchObject({ parts: ["moved"] });
    await expect(read("odd.docx", files("word/../secret.xml"))).rejects.toMatchObject({ facts: { case: "unknown" } });
  });

  it("with a password, which looks like an old document, is said to be either", async () => {
    await expect(read("old.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"))).rejects.toMatchObject({
      facts: { case: "old" },
    });
  });

  it("replaces no entities of its own, so that none can grow", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${docx(paragraph("&b;"))["word/document.xml"]}`;
    const { parts } = await read("bomb.docx", { ...docx(""), "word/document.xml": bomb });
    expect(parts).toEqual(["&b;"]);
  });
});

it("reads OpenDocument text, without comments and deleted text", async () => {
  const content = `<office:document-content><office:body><office:text>
    <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
    <text:h text:outline-level="2">Head</text:h>
    <text:p>one<text:s text:c="2"/>two<text:line-break/>three<office:annotation><text:p>no</text:p></office:annotation></text:p>
    </office:text></office:body></office:document-content>`;
  const files = { mimetype: "application/vnd.oasis.opendocument.text", "content.xml": content };
  await expect(read("letter.odt", files)).resolves.toMatchObject({
    format: "odt",
    parts: ["## Head\n\none  two\nthree"],
  });
  const locked = { ...files, "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>" };
  await expect(read("locked.odt", locked)).rejects.toMatchObject({ facts: { case: "password" } });
});

it("reads a book chapter by chapter, in its order, whatever paths it names", async () => {
  const files = {
    mimetype: "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    "OEBPS/book.opf": `<package><metadata><dc:title>Book</dc:title></metadata><manifest>
      <item id="b" href="b%20b.xhtml"/><item id="a" href="a.xhtml"/><item id="x" href="../../../../etc/passwd"/>
      </manifest><spine><itemref idref="a"/><itemref idref="x"/><itemref idref="b"/><itemref idref="none"/></spine></package>`,
    "OEBPS/a.xhtml": "<html><body><p>First</p></body></html>",
    "OEBPS/b b.xhtml": "<html><body><p>Second</p></body></html>",
  };
  await expect(read("book.epub", files)).resolves.toEqual({
    format: "epub",
    title: "Book",
    unit: "chapter",
    parts: ["First", "Second"],
  });
});

describe("what cannot be read", () => {
  const deep = "<w:x>".repeat(100_000);
  const book = (spine: string) => ({
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
    "book.opf": `<package><manifest><item id="a" href="a.xhtml"/></manifest><spine>${spine}</spine></package>`,
    "a.xhtml": "<html><body>words</body></html>",
  });
  it.each<[string, Content, string]>([
    ["picture.png", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "unknown"],
    ["letter.rtf", "{\\rtf1 hello}", "unknown"],
    ["sheet.xlsx", { "xl/workbook.xml": "<x/>" }, "unknown"],
    ["empty.txt", "", "empty"],
    ["blank.md", " \n\t ", "empty"],
    ["empty.docx", docx(""), "empty"],
    ["cut.pdf", "%PDF-1.4\n1 0 obj\n<<", "damaged"],
    ["cut.zip", Buffer.from("504b0304140000000000", "hex"), "damaged"],
    ["deep.docx", docx(deep), "tooLarge"],
    ["long.txt", "é".repeat(40_000_001), "tooLarge"],
    ["endless.epub", book('<itemref idref="a"/>'.repeat(20_001)), "tooLarge"],
    ["large.docx", docx(`<w:p><w:r><w:t>${"a".repeat(41_000_000)}</w:t></w:r></w:p>`), "tooLarge"],
  ])("%s is refused with its reason", async (name, content, reason) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: "document-unreadable",
      facts: { name, case: reason },
    });
  });

  it.skipIf(process.platform === "win32")("a named pipe, which nothing writes to", async () => {
    const pipe = join(folder, "pipe.txt");
    execFileSync("mkfifo", [pipe]);
    await expect(readDocument(reader, pipe)).rejects.toMatchObject({ facts: { case: "unknown" } });
  });

  it("a folder, and no file", async () => {
    await expect(readDocument(reader, folder)).rejects.toMatchObject({ facts: { case: "folder" } });
    await expect(readDocument(reader, join(folder, "none.txt"))).rejects.toMatchObject({ facts: { case: "missing" } });
  });

  it.runIf(process.platform === "linux")("says that a disk failed, and not that the document is damaged", async () => {
    // Reading this file from its beginning fails like a broken disk does.
    const given = await open("/proc/self/mem");
    await expect(readDocument(reader, "notes.txt", { given })).rejects.toMatchObject({ facts: { case: "notRead" } });
  });

  it("takes no longer than the limit, and ends when it is cancelled", async () => {
    const path = await written("slow.txt", "text");
    await expect(readDocument(reader, path, { limitMs: 1 })).rejects.toMatchObject({ facts: { case: "slow" } });
    await expect(readDocument(reader, path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

it("may read nothing but itself and the document, and start no program", async () => {
  const entry = join(folder, "documentReader.mjs");
  const code = `import { readFileSync, writeFileSync } from "node:fs";
    import { execFileSync } from "node:child_process";
    const refused = (what) => { try { what(); return false; } catch (error) { return error.code === "ERR_ACCESS_DENIED"; } };
    const parts = [
      refused(() => readFileSync(${JSON.stringify(enginePaths.entry)})),
      refused(() => writeFileSync(${JSON.stringify(join(folder, "written"))}, "x")),
      refused(() => execFileSync("true")),
      readFileSync(0, "utf8"),
    ];
    const facts = { format: "text", title: null, unit: null, sizeBytes: 5, sha256: "0".repeat(64) };
    process.stdout.write(JSON.stringify({ document: { ...facts, parts: parts.map(String) } }));`;
  await writeFile(entry, code);
  const path = await written("secret.txt", "words");
  await expect(readDocument({ ...reader, entry }, path)).resolves.toMatchObject({
    parts: ["true", "true", "true", "words"],
  });
});
