import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { asOneLine, PasteFilter, withLineBreaks } from "../../../electron/cli/pastedLines.ts";

async function filtered(chunks: (string | Buffer)[]): Promise<{ typed: string; pasted: string[] }> {
  const pasted: string[] = [];
  const filter = new PasteFilter((text) => pasted.push(text));
  let typed = "";
  filter.setEncoding("utf8").on("data", (text: string) => {
    typed += text;
  });
  for (const chunk of chunks) filter.write(chunk);
  filter.end();
  await once(filter, "end");
  return { typed, pasted };
}

describe("PasteFilter", () => {
  const sent = "a\x1B[A\x1B[200~one\rtwo \u{1F600}\x1B[201~b\x1B[200~three\x1B[201~\r\x1B";
  const expected = { typed: "a\x1B[Ab\r\x1B", pasted: ["one\rtwo \u{1F600}", "three"] };

  it("separates pasted text from what is typed", async () => {
    expect(await filtered([sent])).toEqual(expected);
  });

  it("does so wherever the terminal's bytes are split", async () => {
    const bytes = Buffer.from(sent);
    for (let at = 1; at < bytes.length; at++) {
      expect(await filtered([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
    }
    expect(await filtered([...bytes].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  it("keeps what arrived of a paste that never ends", async () => {
    expect(await filtered(["\x1B[200~half a\rpas", "te"])).toEqual({ typed: "", pasted: ["half a\rpaste"] });
  });

  it("lets Ctrl+C through in a paste whose end was lost", async () => {
    const chunks = ["\x1B[200~half a\rpas\x1B[20", "\x03", "typed\r"];
    expect(await filtered(chunks)).toEqual({ typed: "\x03typed\r", pasted: [] });
    expect(await filtered(["\x1B[200~a\x03b", "\x1B[201~"])).toEqual({ typed: "", pasted: ["a\x03b"] });
  });

  it("lets a lone Esc through", async () => {
    const filter = new PasteFilter(() => undefined);
    filter.write("\x1B");
    const [chunk] = (await once(filter, "data")) as [Buffer];
    expect(chunk.toString()).toBe("\x1B");
  });
});

describe("pasted text", () => {
  it("is one line while it is edited, and unchanged when it is sent", () => {
    const line = asOneLine("one\r\ntwo\rthree\n\n\tfour \u21B5");
    expect(line).not.toMatch(/[\r\n]/);
    expect(withLineBreaks(line)).toBe("one\ntwo\nthree\n\n\tfour \u21B5");
  });

  it("contains nothing that controls a terminal", () => {
    expect(withLineBreaks(asOneLine("a\x1B[31mb\x07\x9Bc"))).toBe("a[31mbc");
  });
});
