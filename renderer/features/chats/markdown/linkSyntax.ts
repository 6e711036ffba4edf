import type { Extension as TreeExtension } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import type { Construct, Extension, State } from "micromark-util-types";

/** Punctuation of Chinese, Japanese, Korean, Arabic and Indian texts, and typographic quotes and dashes. */
const punctuation =
  "“”‘’«»…—\\u060C\\u061B\\u061F\\u06D4\\u0964\\u0965\\u3000-\\u3003\\u3008-\\u301F\\u3030\\u30FB\\uFE10-\\uFE19\\uFE30-\\uFE6F\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65";
const addressPattern = new RegExp(`(?:https?://|www\\.)[^\\s\\p{Cc}<>|"\`\\\\${punctuation}]{1,2000}`, "iuy");
const starts = ["H", "h", "W", "w"].map((letter) => letter.charCodeAt(0));

/**
 * Bare addresses, as GitHub recognizes them, except that they end before the punctuation of languages that put no space
 * after it. Mail addresses follow GitHub's rules.
 */
export function linkSyntax(source: string): Extension {
  const address: Construct = {
    name: "bareAddress",
    previous: (code) => code === null || !/[a-z0-9./@-]/i.test(String.fromCharCode(Math.max(code, 0))),
    tokenize(effects, ok, nok) {
      const start = this.now().offset;
      const length = addressLength(source, start);
      if (length === 0) return nok;
      const type = /^w/i.test(source[start] ?? "") ? "literalAutolinkWww" : "literalAutolinkHttp";
      const inside: State = (code) => {
        if (code !== null && this.now().offset < start + length) {
          effects.consume(code);
          return inside;
        }
        effects.exit(type);
        effects.exit("literalAutolink");
        return ok(code);
      };
      return (code) => {
        effects.enter("literalAutolink");
        effects.enter(type);
        effects.consume(code);
        return inside;
      };
    },
  };
  return { text: { ...mailSyntax, ...Object.fromEntries(starts.map((code) => [code, [address, ...mailAt(code)]])) } };
}

const gfm = gfmAutolinkLiteral().text ?? {};
const mailAt = (code: number | string): Construct[] =>
  [gfm[Number(code)] ?? []].flat().filter(({ name }) => name === "emailAutolink");
const mailSyntax = Object.fromEntries(Object.keys(gfm).map((code) => [code, mailAt(code)]));

/** Omits the second pass over texts, which would find addresses by GitHub's rules again. */
export function linkNodes(): TreeExtension {
  const { enter, exit } = gfmAutolinkLiteralFromMarkdown();
  return { ...(enter && { enter }), ...(exit && { exit }) };
}

/** Returns the length of the address that begins at `start`, or 0 if there is none. */
function addressLength(source: string, start: number): number {
  addressPattern.lastIndex = start;
  const found = addressPattern.exec(source)?.[0];
  if (found === undefined) return 0;
  const [, scheme = "", rest = ""] = /^(https?:\/\/)?(.*)$/isu.exec(found) ?? [];
  const host = /^[^/?#]*/.exec(rest)?.[0] ?? "";
  // After `.com` or a port, letters of another script belong to the next word.
  const ascii = /^(?:.*\.)?[a-z0-9-]+(?::\d{1,5})?(?=[^\p{ASCII}])/iu.exec(host)?.[0];
  const address = trimEnd(balanced(scheme + (ascii ?? rest)));
  const name = address.slice(scheme.length);
  const isNamed = /^[\p{L}\p{N}[]/u.test(name) && !/^[^/?#]*_[^./?#]*(?:\.[^./?#]*)?(?:[/?#]|$)/u.test(name);
  return isNamed && (scheme !== "" || /^www\.[^.]/i.test(name)) ? address.length : 0;
}

/** Returns the address up to a closing bracket without an opening one, or a mark of emphasis. */
function balanced(address: string): string {
  let round = 0;
  let square = 0;
  for (let index = 0; index < address.length; index++) {
    const char = address[index];
    if (char === "(") round++;
    else if (char === "[") square++;
    else if ((char === ")" && --round < 0) || (char === "]" && --square < 0)) return address.slice(0, index);
    else if ((char === "*" || char === "~") && address[index + 1] === char) return address.slice(0, index);
  }
  return address;
}

function trimEnd(address: string): string {
  let end = address.length;
  while (end > 0 && /[?!.,:;*_~'^$]/.test(address[end - 1] ?? "")) end--;
  return address.slice(0, end).replace(/&[a-z]{2,10}$/i, (entity) => (address[end] === ";" ? "" : entity));
}
