/** How one speed stands to another: 1.25 as "25 % faster", 0.9 as "10 % slower", 2 and more as "2.4 times as fast". */
export function fasterText(faster: number): string {
  if (faster >= 2) return `${faster.toFixed(faster < 10 ? 1 : 0)} times as fast`;
  const percent = Math.round(Math.abs(faster - 1) * 1000) / 10;
  const text = percent < 10 ? String(percent) : String(Math.round(percent));
  return faster >= 1 ? `${text} % faster` : `${text} % slower`;
}
