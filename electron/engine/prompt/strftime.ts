/** Directives that are short for others. */
const shorthands: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  h: "%b",
  n: "\n",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  t: "\t",
  T: "%H:%M:%S",
  v: "%e-%b-%Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

/** Directives that produce words. */
const words: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => date.toLocaleDateString("en-US", { weekday: "short" }),
  A: (date) => date.toLocaleDateString("en-US", { weekday: "long" }),
  b: (date) => date.toLocaleDateString("en-US", { month: "short" }),
  B: (date) => date.toLocaleDateString("en-US", { month: "long" }),
  p: (date) => (date.getHours() < 12 ? "AM" : "PM"),
  P: (date) => (date.getHours() < 12 ? "am" : "pm"),
  z: (date) => offset(-date.getTimezoneOffset()),
  Z: (date) =>
    new Intl.DateTimeFormat("en-US", { timeZoneName: "short" })
      .formatToParts(date)
      .find(({ type }) => type === "timeZoneName")?.value ?? "",
  "%": () => "%",
};

/** Directives that produce numbers, with their usual width and padding character. */
const numbers: Readonly<Record<string, [number: (date: Date) => number, width: number, fill: string]>> = {
  C: [(date) => Math.floor(date.getFullYear() / 100), 2, "0"],
  d: [(date) => date.getDate(), 2, "0"],
  e: [(date) => date.getDate(), 2, " "],
  f: [(date) => date.getMilliseconds() * 1000, 6, "0"],
  g: [(date) => thursday(date).getFullYear() % 100, 2, "0"],
  G: [(date) => thursday(date).getFullYear(), 4, "0"],
  H: [(date) => date.getHours(), 2, "0"],
  I: [(date) => date.getHours() % 12 || 12, 2, "0"],
  j: [(date) => dayOfYear(date) + 1, 3, "0"],
  k: [(date) => date.getHours(), 2, " "],
  l: [(date) => date.getHours() % 12 || 12, 2, " "],
  m: [(date) => date.getMonth() + 1, 2, "0"],
  M: [(date) => date.getMinutes(), 2, "0"],
  s: [(date) => Math.floor(date.getTime() / 1000), 1, "0"],
  S: [(date) => date.getSeconds(), 2, "0"],
  u: [(date) => date.getDay() || 7, 1, "0"],
  U: [(date) => Math.floor((dayOfYear(date) + 7 - date.getDay()) / 7), 2, "0"],
  V: [(date) => Math.floor(dayOfYear(thursday(date)) / 7) + 1, 2, "0"],
  w: [(date) => date.getDay(), 1, "0"],
  W: [(date) => Math.floor((dayOfYear(date) + 7 - ((date.getDay() + 6) % 7)) / 7), 2, "0"],
  y: [(date) => date.getFullYear() % 100, 2, "0"],
  Y: [(date) => date.getFullYear(), 4, "0"],
};

/**
 * Formats a date as strftime in C and Python does in the C locale and local time, because chat templates expect English
 * names. Flags as in glibc: `-` no padding, `_` spaces, `0` zeros, `^` upper case.
 */
export function strftime(format: string, date: Date): string {
  return format.replace(/%([-_0^]?)([A-Za-z%])/g, (whole, flag: string, letter: string) => {
    const number = numbers[letter];
    if (number !== undefined) {
      const [value, width, usual] = number;
      const fill = flag === "0" ? "0" : flag === "_" ? " " : usual;
      return flag === "-" ? String(value(date)) : String(value(date)).padStart(width, fill);
    }
    const shorthand = shorthands[letter];
    const text = shorthand === undefined ? words[letter]?.(date) : strftime(shorthand, date);
    return flag === "^" ? (text?.toUpperCase() ?? whole) : (text ?? whole);
  });
}

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000;
}

/** Returns the Thursday of the date's week, which determines the week's year in ISO 8601. */
function thursday(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 3 - ((date.getDay() + 6) % 7));
}

function offset(minutes: number): string {
  const of = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(of / 60))}${two(of % 60)}`;
}
