import stringWidth from "string-width";
import { wrapText } from "./wrapText.ts";

const terminalWidth = 80;
/** A longer name has its description below it. */
const mostBefore = 26;

/**
 * Returns lines with names on the left and descriptions beside them, wrapped and aligned, each ending with a line feed.
 * Where `width` is infinite, a description stays on one line.
 */
export function columns(
  rows: readonly (readonly [name: string, description: string])[],
  indent = "",
  width: number = terminalWidth,
): string {
  const names = rows.map(([name]) => stringWidth(name)).filter((cells) => cells <= mostBefore);
  const before = Math.max(0, ...names) + 2;
  const space = indent + " ".repeat(before);
  return rows
    .map(([name, description]) => {
      const [first = "", ...more] = wrapText(description, width - indent.length - before);
      const isLong = stringWidth(name) > mostBefore;
      const head = isLong
        ? `${indent}${name}\n${space}${first}`
        : `${indent}${name}${" ".repeat(before - stringWidth(name))}${first}`;
      return [head, ...more.map((line) => space + line)].map((line) => `${line.trimEnd()}\n`).join("");
    })
    .join("");
}
