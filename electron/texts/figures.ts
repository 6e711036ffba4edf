import type { TFunction } from "i18next";

/** Formats numbers with their units in one language, in one place, so that a figure looks the same everywhere. */
export interface Figures {
  /** 1204 as "1,204". */
  count(value: number): string;
  /** A number with at most three digits: 0.02 as "0.02". */
  digits(value: number): string;
  /** 1204 as "1.2k", 16384 as "16k", for when only the order of magnitude matters. */
  countShort(value: number): string;
  /** "1 token", "214 tokens". */
  tokens(value: number): string;
  /** Milliseconds as "0.31 s", "4.2 s", "2 min 5 s", "5 min"; what the digits would round to zero as "0.034 s". */
  seconds(milliseconds: number, digits?: number): string;
  /** Seconds as "12 s", "3 min", "2 h", "2 h 5 min", for when the last digits would only flicker. */
  roughly(wholeSeconds: number): string;
  /** Decimal units, as on disks and model pages: "1.12 GB". */
  bytes(value: number): string;
  /** A part of a size, in the unit of the whole: "3.42 of 8.99 GB". */
  bytesOf(part: number, whole: number): string;
  /** Decimal units with two digits, for what is only estimated: "16 GB", "1.9 GB". */
  bytesAbout(value: number): string;
  /** Bytes per second: "23.1 MB/s". */
  rate(bytesPerSecond: number): string;
  /** Tokens per second without the unit, for columns whose heading has it: "23.4", "1,204". `digits`: below 100. */
  speedFigure(tokensPerSecond: number, digits?: number): string;
  /** "23.4 tok/s". */
  speed(tokensPerSecond: number): string;
  /** An approximate speed without the unit: the lower end of a range. */
  aboutSpeedFigure(tokensPerSecond: number): string;
  /** A predicted speed, with two digits because it is not more precise: "24 tok/s", "3.1 tok/s". */
  aboutSpeed(tokensPerSecond: number): string;
  /** A number of weights: "1.8 billion", "1.2 million". */
  weights(value: number): string;
  /** "1.8 billion weights", in French "1,8 milliard de paramètres". */
  parameters(value: number): string;
  /** 1.777e9 as "1.8B", with the letters of model names; in French "1,8 Md". */
  weightsShort(value: number): string;
  /** 0.434 as "43 %". */
  percent(fraction: number): string;
  /** What is done of something: rounded down, so that only what is complete is 100 %. */
  percentDone(fraction: number): string;
  /** "2, 4 and 8". */
  list(items: readonly string[]): string;
  /** "2 threads, batch 512": facts in a row, without nulls. */
  joined(parts: readonly (string | null)[]): string;
  /** "AVX2, FMA": things of one kind in a row, in Chinese "AVX2、FMA". */
  names(items: readonly string[]): string;
  /** "29.6, 39.5, 58.1": figures in a row, in French "29,6 ; 39,5 ; 58,1". */
  series(figures: readonly string[]): string;
  /** The ratio of two speeds: 1.25 as "25 % faster", 0.9 as "10 % slower", 2.4 as "2.4 times as fast", 1 as "equally fast". */
  faster(ratio: number): string;
  /** The ratio of two speeds as a signed difference: 1.04 as "+4.0 %", 0.78 as "−22 %". */
  change(ratio: number): string;
  /** A moment in ms since 1970 as "today", "yesterday", "12 days ago". */
  daysAgo(moment: number, now?: number): string;
  /** A moment in ms since 1970 as "Monday". */
  weekday(moment: number): string;
  /** A moment in ms since 1970 as "September 2026". */
  month(moment: number): string;
  /** A moment in ms since 1970 as short as it can be: "14:05" today, "Tue", "3 Sept", or "3 Sept 2025". */
  briefly(moment: number, now?: number): string;
  /** A moment in ms since 1970 as "3 Sept 2026". */
  day(moment: number): string;
  /** A moment in ms since 1970 as "3 Sept", with the year unless it is this one. */
  dayShort(moment: number, now?: number): string;
  /** A moment in ms since 1970 as "3 Sept 2026, 14:05". */
  dayAndTime(moment: number): string;
  /** A moment in ms since 1970, short: "today, 14:05", "3 Sept, 14:05", and in another year "3 Sept 2025". */
  moment(moment: number, now?: number): string;
}

/** British dates and lists, because American ones are misread elsewhere. */
const dateLanguage: Record<string, string> = { en: "en-GB" };

/** Returns the unit that a number of bytes is written in. */
function unitOf(value: number): {
  key: "gigabytes" | "megabytes" | "kilobytes";
  size: number;
  decimals: number;
} {
  if (rounded(value / 1e6, 1) >= 1000) return { key: "gigabytes", size: 1e9, decimals: 2 };
  if (rounded(value / 1e3, 0) >= 1000) return { key: "megabytes", size: 1e6, decimals: 1 };
  return { key: "kilobytes", size: 1e3, decimals: 0 };
}

/** Returns a number as it is when written with this many decimals, to choose its unit: 999.96 with one is 1,000. */
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** As the first word of a heading. French, for one, writes names of days and months in lower case. */
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Returns a function that makes a format when it is first used. All of them take longer than a first frame may wait. */
function lazy<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => (made ??= make());
}

export function createFigures(language: string, say: TFunction<"figures">): Figures {
  const formats = new Map<number, Intl.NumberFormat>();
  /** Returns the number with exactly this many decimals. */
  const fixed = (value: number, digits: number): string => {
    const format =
      formats.get(digits) ??
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
    return format.format(value);
  };
  const count = (value: number): string => fixed(value, 0);
  const digitsFormat = lazy(() => new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }));
  const twoDigits = lazy(() => new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }));
  const percentFormat = lazy(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  const percentOf = (value: number): string => say("percent", { value: percentFormat().format(value) });
  const inWords = lazy(
    () =>
      new Intl.NumberFormat(language, {
        notation: "compact",
        compactDisplay: "long",
        maximumFractionDigits: 1,
      }),
  );
  const days = lazy(() => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
  const dates = dateLanguage[language] ?? language;
  // The short form in Chinese, because the long one puts no space between a number and its unit.
  const style = language.startsWith("zh") ? "narrow" : "long";
  const lists = lazy(() => new Intl.ListFormat(dates, { type: "conjunction", style }));
  const dayFormat = lazy(() => new Intl.DateTimeFormat(dates, { day: "numeric", month: "short", year: "numeric" }));
  const weekdayFormat = lazy(() => new Intl.DateTimeFormat(dates, { weekday: "long" }));
  const shortWeekdayFormat = lazy(() => new Intl.DateTimeFormat(dates, { weekday: "short" }));
  const monthFormat = lazy(() => new Intl.DateTimeFormat(dates, { month: "long", year: "numeric" }));
  const shortDayFormat = lazy(() => new Intl.DateTimeFormat(dates, { day: "numeric", month: "short" }));
  const timeFormat = lazy(() => new Intl.DateTimeFormat(dates, { hour: "2-digit", minute: "2-digit" }));

  const inRow = (key: "joined" | "names" | "series", parts: readonly string[]): string =>
    parts.reduce((first, next) => (first === "" ? next : say(key, { first, next })), "");

  const figures: Figures = {
    count,
    digits: (value) => digitsFormat().format(value),
    countShort(value) {
      if (value < 1000) return count(value);
      if (value % 1024 === 0) return say("thousandsShort", { value: count(value / 1024) });
      const thousands = value / 1000;
      return say("thousandsShort", { value: fixed(thousands, rounded(thousands, 1) < 10 ? 1 : 0) });
    },
    tokens: (value) => say("tokens", { count: Math.round(value), value: count(value) }),
    seconds(milliseconds, digits = 1) {
      const value = milliseconds / 1000;
      // A time is never zero.
      if (rounded(value, digits) === 0) return say("seconds", { value: twoDigits().format(Math.max(0.001, value)) });
      if (rounded(value, digits) < 60) return say("seconds", { value: fixed(value, digits) });
      const whole = Math.round(value);
      const minutes = count(Math.floor(whole / 60));
      if (whole % 60 === 0) return say("minutes", { value: minutes });
      return say("minutesAndSeconds", { minutes, seconds: count(whole % 60) });
    },
    roughly(wholeSeconds) {
      const seconds = Math.max(1, Math.round(wholeSeconds));
      if (seconds < 60) return say("seconds", { value: count(seconds) });
      const minutes = Math.round(wholeSeconds / 60);
      if (minutes < 60) return say("minutes", { value: count(minutes) });
      const hours = count(Math.floor(minutes / 60));
      if (minutes % 60 === 0) return say("hours", { value: hours });
      return say("hoursAndMinutes", { hours, minutes: count(minutes % 60) });
    },
    bytes(value) {
      const whole = Math.round(value);
      if (whole < 1000) return say("bytes", { count: whole, value: count(whole) });
      const { key, size, decimals } = unitOf(value);
      return say(key, { value: fixed(value / size, decimals) });
    },
    bytesOf(part, whole) {
      if (Math.round(whole) < 1000) return say("partOf", { part: count(part), whole: figures.bytes(whole) });
      const { size, decimals } = unitOf(whole);
      return say("partOf", { part: fixed(part / size, decimals), whole: figures.bytes(whole) });
    },
    bytesAbout(value) {
      const about = Number(value.toPrecision(2));
      if (about < 1000) return figures.bytes(about);
      const { key, size } = unitOf(about);
      return say(key, { value: digitsFormat().format(about / size) });
    },
    rate: (bytesPerSecond) => say("perSecond", { amount: figures.bytes(bytesPerSecond) }),
    speedFigure(tokensPerSecond, digits = 1) {
      if (rounded(tokensPerSecond, 1) >= 1000) return count(tokensPerSecond);
      return fixed(tokensPerSecond, rounded(tokensPerSecond, digits) >= 100 ? 1 : digits);
    },
    speed: (tokensPerSecond) => say("tokensPerSecond", { value: figures.speedFigure(tokensPerSecond) }),
    aboutSpeedFigure(tokensPerSecond) {
      const speed = Number(tokensPerSecond.toPrecision(2));
      return fixed(speed, speed >= 10 ? 0 : speed >= 1 ? 1 : 2);
    },
    aboutSpeed: (tokensPerSecond) => say("tokensPerSecond", { value: figures.aboutSpeedFigure(tokensPerSecond) }),
    weights: (value) => inWords().format(value),
    // After "million" and "milliard", French writes "de".
    parameters: (value) =>
      say(rounded(value / 1e3, 1) < 1000 ? "parameters" : "millionsOfParameters", { value: inWords().format(value) }),
    weightsShort(value) {
      if (rounded(value / 1e6, 1) < 1000) return say("millionsShort", { value: fixed(value / 1e6, 1) });
      return say("billionsShort", { value: fixed(value / 1e9, rounded(value / 1e9, 1) < 100 ? 1 : 0) });
    },
    list: (items) => lists().format(items),
    joined: (parts) =>
      inRow(
        "joined",
        parts.filter((part) => part !== null),
      ),
    names: (items) => inRow("names", items),
    series: (all) => inRow("series", all),
    percent: (fraction) => percentOf(Math.round(fraction * 100)),
    percentDone: (fraction) => percentOf(Math.floor(fraction * 100)),
    faster(ratio) {
      if (ratio >= 2) return say("timesAsFast", { value: fixed(ratio, rounded(ratio, 1) < 10 ? 1 : 0) });
      const tenths = Math.round(Math.abs(ratio - 1) * 1000) / 10;
      if (tenths === 0) return say("equallyFast");
      const amount = percentOf(tenths < 10 ? tenths : Math.round(tenths));
      return ratio >= 1 ? say("faster", { amount }) : say("slower", { amount });
    },
    change(ratio) {
      const percent = (ratio - 1) * 100;
      const amount = fixed(Math.abs(percent), rounded(Math.abs(percent), 1) < 10 ? 1 : 0);
      const sign = rounded(percent, 1) === 0 ? "" : percent > 0 ? "+" : "−";
      return say("percent", { value: `${sign}${amount}` });
    },
    daysAgo(moment, now = Date.now()) {
      return days().format(Math.min(0, Math.round((midnight(moment) - midnight(now)) / 86_400_000)), "day");
    },
    weekday: (moment) => capital(weekdayFormat().format(moment)),
    month: (moment) => capital(monthFormat().format(moment)),
    briefly(moment, now = Date.now()) {
      const [then, today] = [new Date(moment), new Date(now)];
      const dayStart = (daysAgo: number): number =>
        new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo).getTime();
      if (moment >= dayStart(0)) return timeFormat().format(moment);
      if (moment >= dayStart(6)) return shortWeekdayFormat().format(moment);
      return (then.getFullYear() === today.getFullYear() ? shortDayFormat() : dayFormat()).format(moment);
    },
    day: (moment) => dayFormat().format(moment),
    moment(moment, now = Date.now()) {
      const time = timeFormat().format(moment);
      if (midnight(moment) === midnight(now)) return say("dayAndTime", { day: days().format(0, "day"), time });
      if (new Date(moment).getFullYear() !== new Date(now).getFullYear()) return figures.day(moment);
      return say("dayAndTime", { day: shortDayFormat().format(moment), time });
    },
    dayShort: (moment, now = Date.now()) =>
      (new Date(moment).getFullYear() === new Date(now).getFullYear() ? shortDayFormat() : dayFormat()).format(moment),
    dayAndTime: (moment) => say("dayAndTime", { day: dayFormat().format(moment), time: timeFormat().format(moment) }),
  };
  return figures;
}
