import type { TuneChange } from "../../contract/tune.ts";
import type { Texts } from "../texts.ts";
import { changeText } from "./changeText.ts";

/** Returns several changed settings, for use in a sentence: "2 threads instead of 4 and flash attention off". */
export const changesText = (words: Pick<Texts, "say" | "figures">, changes: readonly TuneChange[]): string =>
  words.figures.list(changes.map((change) => changeText(words, change)));
