import type { Language } from "../contract/languages.ts";
import { chinese } from "./catalogues/chinese.ts";
import { english } from "./catalogues/english.ts";
import { french } from "./catalogues/french.ts";

/** All texts of the app, by language and capability. */
export const catalogues = { en: english, fr: french, "zh-CN": chinese } satisfies Record<
  Language,
  Record<string, object>
>;
