import type { StoreKey } from "../../sqlite/StoreKey.ts";
import { PageFile } from "./PageFile.ts";

/** The first byte of a page of a tree (sqlite.org/fileformat2.html). */
const treeTypes = [2, 5, 10, 13];
const mostPages = 256;
const fewPages = 3;

/**
 * Returns whether an encrypted database seems to have this key: at least one of its first pages becomes one with it. With
 * another key, all are random bytes, as if the whole file was damaged. Throws the file system's error.
 */
export function isKeyOf(path: string, key: StoreKey): boolean {
  const file = new PageFile(path, key);
  try {
    if (file.isWhole || file.pageCount < fewPages) return true;
    for (let number = 2; number <= Math.min(file.pageCount, mostPages); number++) {
      if (isTree(file.page(number))) return true;
    }
    return false;
  } finally {
    file.close();
  }
}

/** Of random bytes, one page in 60,000 passes. */
function isTree(page: Buffer): boolean {
  return (
    treeTypes.includes(page.readUInt8(0)) &&
    page.readUInt16BE(1) < page.length &&
    page.readUInt16BE(3) < page.length / 4
  );
}
