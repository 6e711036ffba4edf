const units = ["bytes", "kB", "MB", "GB", "TB"];

/** A size as people read it, in powers of ten and three digits: "4.68 GB", "61.1 MB", "512 bytes". */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : Number(value.toPrecision(3))} ${units[unit]}`;
}
