import { speed } from "../../parts/figures.ts";

/** "23.4": where the unit stands beside it already. */
export const speedFigure = (tokensPerSecond: number): string => speed(tokensPerSecond).replace(" tok/s", "");
