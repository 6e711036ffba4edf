/** How the window looks and what it opens with, each in the order in which it is offered. */
export const themes = ["system", "light", "dark"] as const;
export const textSizes = ["small", "standard", "large", "largest"] as const;
export const readingWidths = ["narrow", "standard", "wide"] as const;
export const densities = ["comfortable", "compact"] as const;
export const starts = ["lastChat", "newChat"] as const;
