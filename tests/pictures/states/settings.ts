import type { PictureState } from "../PictureState.ts";

export const settingsStates: PictureState[] = ["General", "Models", "Privacy", "Appearance"].map((tab) => ({
  name: `settings/${tab.toLowerCase()}`,
  home: "used",
  show: async (stage) => {
    await stage.goTo("Settings");
    await stage.page.getByRole("tab", { name: tab }).click();
  },
}));
