// Brings what is derived from the texts up to date; `npm run check` says when that is needed.
import { writeFileSync } from "node:fs";
import { englishTypes, englishTypesFile } from "./texts/englishTypes.mjs";

writeFileSync(englishTypesFile, englishTypes());
