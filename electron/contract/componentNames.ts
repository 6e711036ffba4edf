/** What the app can fetch after its installation. */
export const componentNames = ["cuda"] as const;
export type ComponentName = (typeof componentNames)[number];

/** Proper names, the same in every language. */
export const componentTitles: Record<ComponentName, string> = { cuda: "CUDA" };
