import type { Locator, Page } from "@playwright/test";
import type { RunningApp } from "../e2e/support/launchApp.ts";
import type { HubServer } from "../support/hub/hubServer.mjs";

/** The app whose pictures are taken. Its language is English while a state is entered. */
export interface Stage extends RunningApp {
  page: Page;
  hub: HubServer;
  /** Shows a screen, by its link in the sidebar. */
  goTo(screen: "Chat" | "Models" | "Hardware" | "Settings"): Promise<void>;
  /** Starts a chat without messages. */
  newChat(): Promise<void>;
}

/** One thing that the window can show, and how to get there. */
export interface PictureState {
  /** Screen and state, such as "models/download-paused". It becomes the file's name. */
  name: string;
  /** `used`: chats, models and measurements are there. `new`: the first start, without any. */
  home: "used" | "new";
  /** Enters the state from anywhere. Returns how to leave it, if going elsewhere is not enough. */
  show(stage: Stage): Promise<void | (() => Promise<void>)>;
  /** What is scrolled to in each size, if it may be outside of the window. */
  subject?(page: Page): Locator;
  /** Shows it again in a window without a sidebar, if it is in the sidebar. */
  narrow?(stage: Stage): Promise<void>;
  /** Enters it again after a change of the language, if it keeps the words that it was opened with. */
  again?(stage: Stage): Promise<void>;
}
