import type { ModelFamily } from "../../contract/models.ts";
import type { TokenList } from "./tokenList.ts";

/**
 * Returns `r1` for DeepSeek-R1, R1-0528 and the distills: their turns are marked by `<｜User｜>` and `<｜Assistant｜>`,
 * each one token, and their thoughts by `<think>` and `</think>`. V3 has the turn markers but no thought; the templates
 * of V3.1 and later have a `thinking` switch, which only works through the template itself. (llama.cpp added
 * `enable_thinking` to its copy of the R1 template.)
 */
export function modelFamily(template: string | null, { markers }: TokenList): ModelFamily {
  if (!markers.has("<｜User｜>") || !markers.has("<｜Assistant｜>")) return "other";
  if (template === null) return markers.has("<think>") && markers.has("</think>") ? "r1" : "other";
  const ownFormat = template.includes("<｜User｜>") && template.includes("<｜Assistant｜>");
  const thinks = template.includes("</think>") || template.includes("<think>");
  const switches = /\bthinking\b/.test(template);
  return ownFormat && thinks && !switches ? "r1" : "other";
}
