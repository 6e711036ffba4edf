import type { RecheckVerdict, SpeedChange } from "../../contract/benchmarkComparison.ts";
import { joinSentences } from "../joinSentences.ts";
import type { Texts } from "../texts.ts";

/** Returns how the newest result compares with the one before it: "12 % slower than on 3 Sept 2026, 14:05 with …". */
export function recheckText(texts: Pick<Texts, "i18n" | "say">, { since, speed, reading }: RecheckVerdict): string {
  const { say } = texts;
  const { change } = speed;
  const main =
    change === "same"
      ? say("benchmark:recheck.speed_same", { since })
      : say(`benchmark:recheck.speed_${change}`, { since, amount: amountOf(speed) });
  if (reading === null || reading.change === "same") return main;
  return joinSentences(texts, [
    main,
    say(`benchmark:recheck.reading_${reading.change}`, { amount: amountOf(reading) }),
  ]);
}

const amountOf = ({ ratio }: SpeedChange): number => Math.abs(ratio - 1);
