import { posix } from "node:path";
import type { DocumentText } from "../../../contract/documents.ts";
import type { Archive } from "../Archive.ts";
import { documentLimits } from "../documentLimits.ts";
import { DocumentProblem } from "../DocumentProblem.ts";
import { elementText } from "./elementText.ts";
import { htmlText } from "./htmlText.ts";
import { readMarkup } from "./readMarkup.ts";

/** Returns the text of a book, chapter by chapter in the order in which it is read. */
export async function readEpub(archive: Archive): Promise<DocumentText> {
  const packageFile = attributeOf((await archive.text("META-INF/container.xml")) ?? "", "rootfile", "full-path");
  const description = packageFile === null ? null : await archive.text(packageFile);
  if (packageFile === null || description === null) throw new DocumentProblem("damaged");
  const locked = lockedFiles((await archive.text("META-INF/encryption.xml")) ?? "");
  const parts: string[] = [];
  for (const name of chapterFiles(description, posix.dirname(packageFile))) {
    // Fonts are often encrypted in free books as well; chapters only in those with copy protection.
    if (locked.has(name)) throw new DocumentProblem("password");
    const { text } = htmlText((await archive.text(name)) ?? "");
    if (text !== "") parts.push(text);
  }
  return { format: "epub", title: elementText(description, "dc:title"), unit: "chapter", parts };
}

function chapterFiles(description: string, folder: string): string[] {
  const files = new Map<string, string>();
  const order: string[] = [];
  readMarkup(description, "xml", {
    open(name, attributes) {
      const bare = name.replace(/^.*:/, "");
      if (bare === "item") files.set(attributes["id"] ?? "", attributes["href"] ?? "");
      else if (bare === "itemref") order.push(attributes["idref"] ?? "");
    },
  });
  // Before they are read, because a book may name the same chapter again and again.
  if (order.length > documentLimits.pages) throw new DocumentProblem("tooLarge");
  return order.flatMap((id) => {
    const file = files.get(id);
    return file === undefined ? [] : [posix.normalize(posix.join(folder, unescaped(file)))];
  });
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function lockedFiles(encryption: string): Set<string> {
  const files = new Set<string>();
  readMarkup(encryption, "xml", {
    open(name, attributes) {
      if (name.endsWith("CipherReference")) files.add(unescaped(attributes["URI"] ?? ""));
    },
  });
  return files;
}

function attributeOf(xml: string, element: string, attribute: string): string | null {
  let found: string | null = null;
  readMarkup(xml, "xml", {
    open(name, attributes) {
      if (found === null && name.replace(/^.*:/, "") === element) found = attributes[attribute] ?? null;
    },
  });
  return found;
}
