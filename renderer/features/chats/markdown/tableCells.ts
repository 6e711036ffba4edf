import type { Element, ElementContent } from "hast";

/** The rows of a table in an answer, each with its cells. */
export interface TableCells {
  head: Element[];
  rows: Element[][];
}

/** Returns the cells of a parsed table. */
export function tableCells(table: Element): TableCells {
  const parts = elementsOf(table);
  const rowsOf = (name: string): Element[][] =>
    parts
      .filter(({ tagName }) => tagName === name)
      .flatMap(elementsOf)
      .map(elementsOf);
  return { head: rowsOf("thead")[0] ?? [], rows: rowsOf("tbody") };
}

const elementsOf = ({ children }: Element): Element[] => children.filter((child) => child.type === "element");

/** Returns the words of a cell, with its formulas as LaTeX. */
export function cellText(cell: ElementContent): string {
  if (cell.type === "text") return cell.value;
  if (cell.type !== "element") return "";
  const { tagName, properties, children } = cell;
  if (tagName === "br") return "\n";
  if (tagName === "img") return String(properties["alt"] ?? "");
  if (tagName !== "formula") return children.map(cellText).join("");
  const written = String(properties["written"] ?? "");
  return properties["isTypeset"] === true ? `$${written}$` : written;
}
