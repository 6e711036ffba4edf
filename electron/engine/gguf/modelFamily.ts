import type { ModelFamily } from "../../contract/models.ts";
import type { TokenList } from "./tokenList.ts";

/**
 * `r1` for DeepSeek-R1, R1-0528 and the distills: their turns are marked by `<｜User｜>` and `<｜Assistant｜>`, each one
 * token, and they think between `<think>` and `</think>`. V3 has the markers without the thought; from V3.1 on the
 * template has a `thinking` switch, which needs the template itself. (`enable_thinking` is llama.cpp's own addition
 * to its copy of the R1 template.)
 */
export function modelFamily(template: string | null, { markers }: TokenList): ModelFamily {
  if (!markers.has("<｜User｜>") || !markers.has("<｜Assistant｜>")) return "other";
  if (template === null) return markers.has("<think>") && markers.has("</think>") ? "r1" : "other";
  const ownFormat = template.includes("<｜User｜>") && template.includes("<｜Assistant｜>");
  const thinks = template.includes("</think>") || template.includes("<think>");
  const switches = /\bthinking\b/.test(template);
  return ownFormat && thinks && !switches ? "r1" : "other";
}
