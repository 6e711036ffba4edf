/** The text with paths and these names (user, host, home) taken out. Names of one or two letters are left alone. */
export function withoutPersonal(text: string, names: readonly string[]): string {
  const paths = text.replaceAll(/(?:\b[A-Za-z]:\\|(?<![\w/])\/(?=\w+\/))[^\s"',;:)]+/g, "<path>");
  return names
    .filter((name) => name.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (cleaned, name) => cleaned.replaceAll(new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, "gi"), "<hidden>"),
      paths,
    );
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
