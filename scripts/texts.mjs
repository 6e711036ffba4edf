// Updates what is generated from the texts. `npm run check` reports when that is necessary.
import { writeFileSync } from "node:fs";
import { englishTypes, englishTypesFile } from "./texts/englishTypes.mjs";

writeFileSync(englishTypesFile, englishTypes());
