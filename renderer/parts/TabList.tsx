import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface TabListProps {
  /** What the tabs are of, for screen readers. */
  label: string;
  tabs: readonly { id: string; name: ReactNode }[];
}

/** The tabs in a screen's header, inside a `Tabs.Root` of Base UI whose `Tabs.Panel`s are the screen's body. */
export function TabList({ label, tabs }: TabListProps) {
  return (
    <Tabs.List className="tabs" aria-label={label} activateOnFocus>
      {tabs.map(({ id, name }) => (
        <Tabs.Tab key={id} value={id} className="tab">
          {name}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}
