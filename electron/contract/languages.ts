/** The languages of the app. English has every text; tests check that the others have them too. */
export const languages = ["en", "fr", "zh-CN"] as const;
export type Language = (typeof languages)[number];
