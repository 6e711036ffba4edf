export { backendNames } from "../../electron/texts/benchmark/backendNames.ts";
