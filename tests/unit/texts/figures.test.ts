import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import type { Figures } from "../../../electron/texts/figures.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const noon = new Date(2026, 10, 28, 12).getTime();
const space = "\u00a0";
const narrow = "\u202f";

/** What is formatted, and the result in English, French and Chinese. */
const cases: [write: (figures: Figures) => string, english: string, french: string, chinese: string][] = [
  [(f) => f.count(1204), "1,204", `1${narrow}204`, "1,204"],
  [(f) => f.countShort(999), "999", "999", "999"],
  [(f) => f.countShort(1204), "1.2k", `1,2${space}k`, "1.2k"],
  [(f) => f.countShort(16_384), "16k", `16${space}k`, "16k"],
  [(f) => f.tokens(1), "1 token", "1 token", "1 个 token"],
  [(f) => f.tokens(1.5), "2 tokens", "2 tokens", "2 个 token"],
  [(f) => f.tokens(1_000_000), "1,000,000 tokens", `1${narrow}000${narrow}000 tokens`, "1,000,000 个 token"],
  [(f) => f.tokens(1214), "1,214 tokens", `1${narrow}214 tokens`, "1,214 个 token"],
  [(f) => f.seconds(310, 2), "0.31 s", `0,31${space}s`, "0.31 秒"],
  [(f) => f.seconds(34), "0.034 s", `0,034${space}s`, "0.034 秒"],
  [(f) => f.seconds(50), "0.1 s", `0,1${space}s`, "0.1 秒"],
  [(f) => f.seconds(4.21, 2), "0.0042 s", `0,0042${space}s`, "0.0042 秒"],
  [(f) => f.seconds(0), "0.001 s", `0,001${space}s`, "0.001 秒"],
  [(f) => f.seconds(125_000), "2 min 5 s", `2${space}min 5${space}s`, "2 分 5 秒"],
  [(f) => f.seconds(59_960), "1 min", `1${space}min`, "1 分钟"],
  [(f) => f.seconds(300_000, 0), "5 min", `5${space}min`, "5 分钟"],
  [(f) => f.seconds(59_940), "59.9 s", `59,9${space}s`, "59.9 秒"],
  [(f) => f.roughly(59.6), "1 min", `1${space}min`, "1 分钟"],
  [(f) => f.roughly(0.2), "1 s", `1${space}s`, "1 秒"],
  [(f) => f.roughly(7200), "2 h", `2${space}h`, "2 小时"],
  [(f) => f.roughly(7500), "2 h 5 min", `2${space}h 5${space}min`, "2 小时 5 分钟"],
  [(f) => f.bytes(1), "1 byte", `1${space}octet`, "1 字节"],
  [(f) => f.bytes(512), "512 bytes", `512${space}octets`, "512 字节"],
  [(f) => f.bytes(999.6), "1 kB", `1${space}ko`, "1 kB"],
  [(f) => f.bytes(999_499), "999 kB", `999${space}ko`, "999 kB"],
  [(f) => f.bytes(999_999), "1.0 MB", `1,0${space}Mo`, "1.0 MB"],
  [(f) => f.bytes(999_999_999), "1.00 GB", `1,00${space}Go`, "1.00 GB"],
  [(f) => f.bytes(61_100_000), "61.1 MB", `61,1${space}Mo`, "61.1 MB"],
  [(f) => f.bytes(1_120_000_000), "1.12 GB", `1,12${space}Go`, "1.12 GB"],
  [(f) => f.bytesOf(3.42e9, 8.99e9), "3.42 of 8.99 GB", `3,42 sur 8,99${space}Go`, "3.42 / 8.99 GB"],
  [(f) => f.bytesOf(41_000, 61_100_000), "0.0 of 61.1 MB", `0,0 sur 61,1${space}Mo`, "0.0 / 61.1 MB"],
  [(f) => f.bytesOf(12, 512), "12 of 512 bytes", `12 sur 512${space}octets`, "12 / 512 字节"],
  [(f) => f.bytesAbout(16.4e9), "16 GB", `16${space}Go`, "16 GB"],
  [(f) => f.bytesAbout(1.94e9), "1.9 GB", `1,9${space}Go`, "1.9 GB"],
  [(f) => f.bytesAbout(10), "10 bytes", `10${space}octets`, "10 字节"],
  [(f) => f.dayShort(noon, noon), "28 Nov", "28 nov.", "11月28日"],
  [(f) => f.dayShort(new Date(2024, 8, 2).getTime(), noon), "2 Sept 2024", "2 sept. 2024", "2024年9月2日"],
  [(f) => f.rate(23_100_000), "23.1 MB/s", `23,1${space}Mo/s`, "23.1 MB/秒"],
  [(f) => f.speed(23.4), "23.4 tok/s", `23,4${space}tok/s`, "23.4 tok/s"],
  [(f) => f.speed(1204.4), "1,204 tok/s", `1${narrow}204${space}tok/s`, "1,204 tok/s"],
  [(f) => f.speed(999.95), "1,000 tok/s", `1${narrow}000${space}tok/s`, "1,000 tok/s"],
  [(f) => f.speed(999.94), "999.9 tok/s", `999,9${space}tok/s`, "999.9 tok/s"],
  [(f) => f.aboutSpeed(9.96), "10 tok/s", `10${space}tok/s`, "10 tok/s"],
  [(f) => f.aboutSpeed(24.4), "24 tok/s", `24${space}tok/s`, "24 tok/s"],
  [(f) => f.aboutSpeed(0.314), "0.31 tok/s", `0,31${space}tok/s`, "0.31 tok/s"],
  [(f) => f.weights(1.777e9), "1.8 billion", `1,8${space}milliard`, "17.8亿"],
  [(f) => f.parameters(1.777e9), "1.8 billion weights", "1,8 milliard de paramètres", "17.8亿参数"],
  [(f) => f.parameters(2e6), "2 million weights", "2 millions de paramètres", "200万参数"],
  [(f) => f.parameters(999_960), "1 million weights", "1 million de paramètres", "100万参数"],
  [(f) => f.parameters(134_000), "134 thousand weights", "134 mille paramètres", "13.4万参数"],
  [(f) => f.weightsShort(999.96e6), "1.0B", `1,0${space}Md`, "1.0B"],
  [(f) => f.weightsShort(1.777e9), "1.8B", `1,8${space}Md`, "1.8B"],
  [(f) => f.percent(0.434), "43 %", `43${space}%`, "43%"],
  [(f) => f.faster(1.25), "25 % faster", `25${space}% plus rapide`, "快 25%"],
  [(f) => f.faster(0.955), "4.5 % slower", `4,5${space}% plus lent`, "慢 4.5%"],
  [(f) => f.faster(2.44), "2.4 times as fast", "2,4 fois plus rapide", "速度是其 2.4 倍"],
  [(f) => f.faster(1.0004), "equally fast", "aussi rapide", "速度相同"],
  [(f) => f.faster(0.9996), "equally fast", "aussi rapide", "速度相同"],
  [(f) => f.series(["29.6", "39.5"]), "29.6, 39.5", `29.6${narrow}; 39.5`, "29.6、39.5"],
  [(f) => f.names(["AVX2", "FMA"]), "AVX2, FMA", "AVX2, FMA", "AVX2、FMA"],
  [(f) => f.list(["2", "4", "8"]), "2, 4 and 8", "2, 4 et 8", "2、4、8"],
  [(f) => f.joined(["CPU", null, "f16"]), "CPU, f16", "CPU, f16", "CPU，f16"],
  [(f) => f.digits(0.025), "0.025", "0,025", "0.025"],
  [(f) => f.digits(15_000), "15,000", `15${narrow}000`, "15,000"],
  [(f) => f.speedFigure(0.314, 2), "0.31", "0,31", "0.31"],
  [(f) => f.daysAgo(noon, noon), "today", "aujourd’hui", "今天"],
  [(f) => f.daysAgo(noon - 12 * 86_400_000, noon), "12 days ago", "il y a 12 jours", "12天前"],
  [(f) => f.change(1.04), "+4.0 %", "+4,0 %", "+4.0%"],
  [(f) => f.change(0.7796), "−22 %", "−22 %", "−22%"],
  [(f) => f.change(0.99981), "0.0 %", "0,0 %", "0.0%"],
  [(f) => f.moment(noon, noon), "today, 12:00", "aujourd’hui à 12:00", "今天 12:00"],
  [(f) => f.moment(noon - 86_400_000, noon), "27 Nov, 12:00", "27 nov. à 12:00", "11月27日 12:00"],
  [(f) => f.moment(noon - 400 * 86_400_000, noon), "24 Oct 2025", "24 oct. 2025", "2025年10月24日"],
  [(f) => f.dayAndTime(noon), "28 Nov 2026, 12:00", "28 nov. 2026 à 12:00", "2026年11月28日 12:00"],
];

test("numbers, sizes, speeds and dates are formatted as in each language", () => {
  const [english, french, chinese] = languages.map((language) => openTexts(language).figures);
  // Releases of ICU differ in their choice between the narrow and the ordinary non-breaking space.
  const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
  for (const [write, ...expected] of cases) {
    const written = [english, french, chinese].map((figures) => spaced(write(figures as Figures)));
    expect(written).toEqual(expected.map(spaced));
  }
});
