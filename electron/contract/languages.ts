/** The languages of the app. English has every text; the others are held to it by tests. */
export const languages = ["en", "fr", "zh-CN"] as const;
export type Language = (typeof languages)[number];
