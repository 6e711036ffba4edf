import type { TFunction } from "i18next";
import { densities, readingWidths, starts, textSizes, themes } from "../../../electron/contract/appearance.ts";
import { longChatPolicies } from "../../../electron/contract/longChats.ts";
import type { English } from "../../../electron/texts/english.d.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import type { SettingId } from "./settingEntries.ts";

type SaySettings = TFunction<["settings", keyof English]>;

/**
 * Returns all words by which a setting is found, in the chosen language and in English: its name, other words for it, its
 * hint, and what can be chosen.
 */
export function settingWords({ i18n, language }: Texts, id: SettingId): string {
  const inEach = [language, "en"].map((name) => i18n.getFixedT(name, ["settings"] as never) as SaySettings);
  return inEach.flatMap((say) => [say(`names.${id}`), say(`also.${id}`), ...about(say, id)]).join("\n");
}

function about(say: SaySettings, id: SettingId): string[] {
  switch (id) {
    case "language":
      return [say("general.systemLanguage"), "English Français 简体中文"];
    case "startWith":
      return [say("hints.startWith"), ...starts.map((start) => say(`starts.${start}`))];
    case "defaultThinking":
      return thinkingChoices.flatMap((thinking) => [say(`thinking.${thinking}`), say(`thinking.${thinking}Meaning`)]);
    case "longChats":
      return longChatPolicies.flatMap((policy) => [say(`longChats.${policy}`), say(`longChats.${policy}Meaning`)]);
    case "notifyReplies":
    case "showReplyInNotification":
    case "estimateSpeed":
    case "improveTitles":
      return [say(`general.${id}`), say(`hints.${id}`)];
    case "moveChats":
    case "home":
    case "defaultModelId":
    case "backend":
      return [say(`hints.${id}`)];
    case "checkUpdates":
      return [say("updates:on"), say("updates:checkNow")];
    case "command":
      return [say("command.intro"), say("command.install")];
    case "version":
      return [];
    case "contextSize":
      return [say("general.contextUnit"), say("general.contextHint", { most: 16_384 })];
    case "idleUnloadMinutes":
      return [say("general.unloadHint")];
    case "readAheadCharge":
      return [say("general.readAheadHint")];
    case "keptStateBytes":
      return [say("general.keptHint")];
    case "keptStates":
      return [say("privacy.keptText")];
    case "disk":
      return [say("privacy.disk")];
    case "backups":
      return [say("backups:text"), say("backups:restore"), say("backups:undo")];
    case "downloadBytesPerSecond":
      return [say("downloads.limitHint"), say("tabs.models")];
    case "servers":
      return [say("servers:intro"), say("servers:leaves")];
    case "llamaServer":
      return [say("llamaServer:window.intro"), say("llamaServer:window.workers"), say("llamaServer:window.start")];
    case "apiServer":
      return [say("apiServer:title"), say("apiServer:switch"), say("apiServer:intro")];
    case "apiServerAddress":
      return [say("apiServer:title"), say("apiServer:addressHint")];
    case "apiServerKey":
      return [say("apiServer:title"), say("apiServer:key.renew"), say("apiServer:key.hint")];
    case "apiServerPort":
      return [say("apiServer:title")];
    case "apiServerNetwork":
      return [say("apiServer:title"), say("apiServer:network.switch"), say("apiServer:network.warning")];
    case "apiServerOrigins":
      return [say("apiServer:title"), say("apiServer:origins.hint")];
    case "apiServerStarts":
      return [say("apiServer:title"), say("apiServer:starts")];
    case "apiServerContents":
      return [say("apiServer:title"), say("apiServer:contents"), say("apiServer:contentsHint")];
    case "offline":
      return [say("network:meaning"), say("network:hint")];
    case "leaves":
      return [say("privacy.text")];
    case "chatLock":
      return [say("chatLock:setting.off"), say("chatLock:setting.turnOn"), say("chatLock:turnOn.key.keychain")];
    case "lockAfterMinutes":
      return [say("hints.lockAfterMinutes"), say("privacy.never")];
    case "lockOnSleep":
      return [say("privacy.lockOnSleep"), say("hints.lockOnSleep")];
    case "hubEndpoint":
      return [say("downloads.addressHint")];
    case "hubToken":
      return [say("downloads.tokens.none"), say("downloads.tokenScope")];
    case "theme":
      return themes.map((value) => say(`appearance.theme.${value}`));
    case "textSize":
      return [say("hints.textSize"), ...textSizes.map((value) => say(`appearance.textSize.${value}`))];
    case "readingWidth":
      return [say("hints.readingWidth"), ...readingWidths.map((value) => say(`appearance.readingWidth.${value}`))];
    case "density":
      return [say("hints.density"), ...densities.map((value) => say(`appearance.density.${value}`))];
  }
}
