import type { PictureState } from "../PictureState.ts";

export const composerStates: PictureState[] = [
  {
    name: "composer/long-draft",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      const box = stage.page.getByRole("textbox", { name: "Message" });
      await box.fill("A line of the question.\n".repeat(14));
      return () => box.fill("");
    },
  },
  {
    name: "composer/model-picker",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.getByRole("combobox", { name: "Model", exact: true }).click();
    },
  },
];
