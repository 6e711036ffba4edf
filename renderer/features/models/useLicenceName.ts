import { useSay } from "../../texts.ts";

const names: Readonly<Record<string, string>> = {
  mit: "MIT",
  "apache-2.0": "Apache-2.0",
  llama3: "Llama 3",
  "llama3.1": "Llama 3.1",
  "llama3.2": "Llama 3.2",
  "llama3.3": "Llama 3.3",
  gemma: "Gemma",
  "cc-by-4.0": "CC BY 4.0",
  "cc-by-nc-4.0": "CC BY-NC 4.0",
  "bigscience-openrail-m": "OpenRAIL-M",
};

/** Returns a function that formats a licence's name in its usual spelling; unknown identifiers are not changed. */
export function useLicenceName(): (licence: string) => string {
  const say = useSay("models");
  return (licence) => {
    const identifier = licence.toLowerCase();
    return identifier === "other" ? say("facts.ownTerms") : (names[identifier] ?? licence);
  };
}
