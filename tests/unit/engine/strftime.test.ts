import { expect, it } from "vitest";
import { strftime } from "../../../electron/engine/prompt/strftime.ts";

/** The output of Python 3 with glibc in the C locale. */
const formats = [
  "%A %d %B %Y, %H:%M:%S",
  "%a %b %c",
  "%D %e %F %f %g %G %h %I %j %k %l",
  "%m %M %n %p %P %r %R %S %t %T %u %U %V %w %W %x %X %y %Y %C %%",
  "%-d %-m %_d %-I %^a %^B %-j %Q",
];
const cases: [date: [number, number, number, number, number, number], written: string[]][] = [
  [
    [2026, 1, 3, 4, 5, 6],
    [
      "Saturday 03 January 2026, 04:05:06",
      "Sat Jan Sat Jan  3 04:05:06 2026",
      "01/03/26  3 2026-01-03 000000 26 2026 Jan 04 003  4  4",
      "01 05 \n AM am 04:05:06 AM 04:05 06 \t 04:05:06 6 00 01 6 00 01/03/26 04:05:06 26 2026 20 %",
      "3 1  3 4 SAT JANUARY 3 %Q",
    ],
  ],
  [
    [2024, 12, 30, 0, 0, 0],
    [
      "Monday 30 December 2024, 00:00:00",
      "Mon Dec Mon Dec 30 00:00:00 2024",
      "12/30/24 30 2024-12-30 000000 25 2025 Dec 12 365  0 12",
      "12 00 \n AM am 12:00:00 AM 00:00 00 \t 00:00:00 1 52 01 1 53 12/30/24 00:00:00 24 2024 20 %",
      "30 12 30 12 MON DECEMBER 365 %Q",
    ],
  ],
  [
    [2021, 1, 3, 12, 59, 59],
    [
      "Sunday 03 January 2021, 12:59:59",
      "Sun Jan Sun Jan  3 12:59:59 2021",
      "01/03/21  3 2021-01-03 000000 20 2020 Jan 12 003 12 12",
      "01 59 \n PM pm 12:59:59 PM 12:59 59 \t 12:59:59 7 01 53 0 00 01/03/21 12:59:59 21 2021 20 %",
      "3 1  3 12 SUN JANUARY 3 %Q",
    ],
  ],
  [
    [2000, 2, 29, 23, 1, 2],
    [
      "Tuesday 29 February 2000, 23:01:02",
      "Tue Feb Tue Feb 29 23:01:02 2000",
      "02/29/00 29 2000-02-29 000000 00 2000 Feb 11 060 23 11",
      "02 01 \n PM pm 11:01:02 PM 23:01 02 \t 23:01:02 2 09 09 2 09 02/29/00 23:01:02 00 2000 20 %",
      "29 2 29 11 TUE FEBRUARY 60 %Q",
    ],
  ],
  [
    [2023, 1, 1, 11, 0, 0],
    [
      "Sunday 01 January 2023, 11:00:00",
      "Sun Jan Sun Jan  1 11:00:00 2023",
      "01/01/23  1 2023-01-01 000000 22 2022 Jan 11 001 11 11",
      "01 00 \n AM am 11:00:00 AM 11:00 00 \t 11:00:00 7 01 52 0 00 01/01/23 11:00:00 23 2023 20 %",
      "1 1  1 11 SUN JANUARY 1 %Q",
    ],
  ],
];

it.each(cases)("%j is formatted as in Python", ([year, month, ...rest], written) => {
  const date = new Date(year, month - 1, ...rest);
  expect(formats.map((format) => strftime(format, date))).toEqual(written);
});

it("formats the offset from UTC, and leaves unknown directives unchanged", () => {
  const date = new Date(2026, 1, 3);
  expect(strftime("%z", date)).toMatch(/^[+-]\d{4}$/);
  expect(strftime("%Z", date)).not.toBe("");
  expect(strftime("100 % %é %", date)).toBe("100 % %é %");
});
