import type { ReactNode } from "react";

export interface ScreenHeaderProps {
  title: ReactNode;
  /** A `TabList`, after the title. */
  tabs?: ReactNode;
  /** Actions, at the end. */
  children?: ReactNode;
}

/** The line at the top of a screen. */
export function ScreenHeader({ title, tabs, children }: ScreenHeaderProps) {
  return (
    <header className="screen-header">
      <h1 className="screen-title">{title}</h1>
      {tabs}
      <span className="grow" />
      {children}
    </header>
  );
}
