/** Every figure on the screen, with its unit. One place, so that a number looks the same everywhere. */

const whole = new Intl.NumberFormat("en");

/** 1204 as "1,204". */
export const count = (value: number): string => whole.format(value);

/** 1204 as "1.2k", 16384 as "16k": where only the order matters. */
export function countShort(value: number): string {
  if (value < 1000) return String(value);
  const thousands = value / 1000;
  if (value % 1024 === 0) return `${value / 1024}k`;
  return `${thousands < 10 ? thousands.toFixed(1) : Math.round(thousands)}k`;
}

/** "1 token", "214 tokens". */
export const tokens = (value: number): string => `${count(value)} ${value === 1 ? "token" : "tokens"}`;

/** Milliseconds as "0.31 s", "4.2 s", "2 min 5 s". */
export function seconds(milliseconds: number, digits = 1): string {
  const value = milliseconds / 1000;
  if (value < 60) return `${value.toFixed(digits)} s`;
  const rounded = Math.round(value);
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** Decimal units, as disks and model pages use them: "1.12 GB". */
export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`;
  if (value >= 1e3) return `${Math.round(value / 1e3)} kB`;
  return `${value} B`;
}

/** Tokens per second without the unit, where a heading has it: "23.4", "1,204". */
export const speedFigure = (tokensPerSecond: number): string =>
  tokensPerSecond >= 1000 ? count(Math.round(tokensPerSecond)) : tokensPerSecond.toFixed(1);

/** "23.4 tok/s". */
export const speed = (tokensPerSecond: number): string => `${speedFigure(tokensPerSecond)} tok/s`;

/** A number of weights: "1.8 billion", "1.2 million". */
export function weights(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} billion`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} million`;
  return count(value);
}

/** 0.434 as "43 %". */
export const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

/** 1.25 as "25 % faster", from twice on "2.4 times as fast", as `r1 tune` writes it. */
export const fasterText = (faster: number): string =>
  faster < 2 ? `${percent(faster - 1)} faster` : `${faster.toFixed(faster < 10 ? 1 : 0)} times as fast`;

/** Seconds as "12 s", "3 min", "2 h 5 min": where the last digits would only flicker. */
export function roughly(wholeSeconds: number): string {
  if (wholeSeconds < 60) return `${Math.max(1, Math.round(wholeSeconds))} s`;
  const minutes = Math.round(wholeSeconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A moment in ms since 1970 as "3 Sept 2026". */
export const day = (moment: number): string => dayFormat.format(moment);

/** A moment in ms since 1970 as "3 Sept 2026, 14:05". */
export const dayAndTime = (moment: number): string => `${day(moment)}, ${timeFormat.format(moment)}`;
