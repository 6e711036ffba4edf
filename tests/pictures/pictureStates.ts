import { apiServerStates } from "./states/apiServer.ts";
import { comparisonsStates } from "./states/comparisons.ts";
import { composerStates } from "./states/composer.ts";
import { chatLockStates } from "./states/chatLock.ts";
import { answerStates } from "./states/answers.ts";
import { chatStates } from "./states/chat.ts";
import { documentsStates } from "./states/documents.ts";
import { emptyChatStates } from "./states/emptyChat.ts";
import { hardwareStates } from "./states/hardware.ts";
import { llamaServerStates } from "./states/llamaServer.ts";
import { modelsStates } from "./states/models.ts";
import { moveChatsStates } from "./states/moveChats.ts";
import { previewStates } from "./states/preview.ts";
import { searchStates } from "./states/search.ts";
import { serversStates } from "./states/servers.ts";
import { settingsStates } from "./states/settings.ts";
import { votesStates } from "./states/votes.ts";
import { windowStates } from "./states/window.ts";
import type { PictureState } from "./PictureState.ts";

/** Everything that is pictured. A new state goes into the file of its screen. */
export const pictureStates: PictureState[] = [
  ...emptyChatStates,
  ...chatStates,
  ...answerStates,
  ...votesStates,
  ...comparisonsStates,
  ...composerStates,
  ...documentsStates,
  ...previewStates,
  ...searchStates,
  ...moveChatsStates,
  ...modelsStates,
  ...hardwareStates,
  ...settingsStates,
  ...serversStates,
  ...llamaServerStates,
  ...apiServerStates,
  ...windowStates,
  ...chatLockStates,
];
