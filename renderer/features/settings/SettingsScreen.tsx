import { Tabs } from "@base-ui/react/tabs";
import { useEffect } from "react";
import type { Settings } from "../../../electron/contract/settings.ts";
import { settingsHash } from "../../app/route.ts";
import { useLastTab } from "../../app/useLastTab.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { TabList } from "../../parts/TabList.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { AppearanceSettings } from "./AppearanceSettings.tsx";
import { ChangeNotice } from "./ChangeNotice.tsx";
import type { DrawCode } from "./drawCode.ts";
import { GeneralSettings } from "./GeneralSettings.tsx";
import { ModelSettings } from "./ModelSettings.tsx";
import { PrivacySettings } from "./PrivacySettings.tsx";
import { ServerSettings } from "./ServerSettings.tsx";
import { SettingsSearch } from "./SettingsSearch.tsx";
import { fieldOf, settingEntries, settingIds, type SettingTab, settingTabs } from "./settingEntries.ts";

const tabBodies = {
  general: GeneralSettings,
  models: ModelSettings,
  servers: ServerSettings,
  privacy: PrivacySettings,
  appearance: AppearanceSettings,
} as const satisfies Record<SettingTab, (props: { settings: Settings; drawCode: DrawCode }) => unknown>;

/** What the user may set. Every change takes effect at once and can be undone. `tab` is from the address. */
export default function SettingsScreen({ tab, drawCode }: { tab: string; drawCode: DrawCode }) {
  const say = useSay("settings");
  const settings = useSettings((state) => state.settings);
  const problem = useSettings((state) => state.problem);
  const chosen = useLastTab({ screen: "settings", tabs: settingTabs, named: tab });
  const isRead = settings !== null;
  // A setting that the address names has the focus, once its tab is drawn.
  useEffect(() => {
    const look = (): void => {
      const named = settingIds.find((id) => window.location.hash === settingsHash(settingEntries[id], id));
      const field = named && document.getElementById(fieldOf(named));
      if (!field) return;
      field.scrollIntoView({ block: "center" });
      field.focus();
      // So that it can be named again.
      window.history.replaceState(null, "", settingsHash(chosen));
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, [chosen, isRead]);

  return (
    <Tabs.Root
      render={<main />}
      className="page"
      aria-label={say("title")}
      value={chosen}
      onValueChange={(next: SettingTab) => window.location.replace(settingsHash(next))}
    >
      <ScreenHeader
        title={say("title")}
        tabs={<TabList label={say("title")} tabs={settingTabs.map((id) => ({ id, name: say(`tabs.${id}`) }))} />}
      >
        <SettingsSearch onFound={(id) => window.location.replace(settingsHash(settingEntries[id], id))} />
      </ScreenHeader>
      {settingTabs.map((id) => {
        const Body = tabBodies[id];
        return (
          <Tabs.Panel key={id} value={id} className="page-body settings-body" tabIndex={-1}>
            {problem && <ProblemNotice problem={problem} safe={say("unchanged")} />}
            {settings ? (
              <Body settings={settings} drawCode={drawCode} />
            ) : (
              !problem && <p className="page-note">{say("reading")}</p>
            )}
          </Tabs.Panel>
        );
      })}
      <ChangeNotice />
    </Tabs.Root>
  );
}
