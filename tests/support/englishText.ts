import { toProblem } from "../../electron/contract/errors.ts";
import { failureLine } from "../../electron/texts/failureText.ts";
import { openTexts } from "../../electron/texts/texts.ts";

const english = openTexts("en");

/** Returns the English text of an error that was thrown. */
export const englishText = (error: unknown): string => failureLine(english, toProblem(error));
