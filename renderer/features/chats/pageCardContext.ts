import { createContext, type ReactNode } from "react";

/** Draws the page that a reply holds, by the reply's id. Given by the app, since features do not import each other. */
export const PageCardContext = createContext<(messageId: string) => ReactNode>(() => null);
