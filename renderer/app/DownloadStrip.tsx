import { Check, CircleAlert, Pause, Play, RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Download } from "../../electron/contract/downloads.ts";
import type { Model } from "../../electron/contract/models.ts";
import { useChooseModel } from "../features/models/useChooseModel.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { Meter } from "../parts/Meter.tsx";
import { singleClick } from "../parts/singleClick.ts";
import { pathOf } from "../../electron/contract/modelKinds.ts";
import { useModelForNewChats } from "../stores/useChosenModel.ts";
import { useConversation, useDownloads, useModels } from "../stores/useStores.ts";
import { useFigures, useSay } from "../texts.ts";
import { DownloadEnds } from "./DownloadEnds.tsx";
import { downloadRows, hashOf, type UnderWay } from "./downloadRows.ts";
import { chatHash } from "./route.ts";

/** All downloads in a few lines, on every screen. In the rail only how far they are. Hidden without downloads. */
export function DownloadStrip({ isRail }: { isRail: boolean }) {
  const say = useSay("downloads");
  const list = useDownloads((state) => state.list);
  const models = useModels((state) => state.list);
  const usual = useModelForNewChats();
  const { underWay, failed, done } = downloadRows(list);
  const arrived = done.flatMap(({ download, path }) => {
    const model = models.state === "ready" ? models.value.find((each) => pathOf(each) === path) : undefined;
    return model === undefined ? [] : [{ download, model }];
  });
  // What is in use already needs no offer.
  const offered = arrived.filter(({ model }) => model.id !== usual?.id);
  const isShown = underWay !== null || failed.length > 0 || offered.length > 0;
  const [first] = failed;
  return (
    <>
      <DownloadEnds failed={failed} arrived={arrived} />
      {isShown && (
        <section className="sidebar-strip" aria-label={say("heading")}>
          {underWay && <UnderWayRow {...underWay} isRail={isRail} />}
          {first !== undefined && <FailedRow first={first} count={failed.length} isRail={isRail} />}
          {offered.map(({ download, model }) => (
            <DoneRow key={download.id} download={download} model={model} isRail={isRail} />
          ))}
        </section>
      )}
    </>
  );
}

function UnderWayRow(props: UnderWay & { isRail: boolean }) {
  const { name, hash, count, state, fraction, secondsLeft, pausable, resumable, isRail } = props;
  const say = useSay("downloads");
  const figures = useFigures();
  const pause = useDownloads((store) => store.pause);
  const resume = useDownloads((store) => store.resume);
  const percent = fraction === null ? null : figures.percentDone(fraction);
  const isCounting = state === "running" && percent !== null;
  const word = isCounting ? percent : state === "offline" ? say("waitsOffline") : say(`strip.${state}`);
  const isOff = state === "paused" || state === "offline";
  const label = name ?? say("strip.several", { count });
  const left = secondsLeft === null ? null : say("left", { time: figures.roughly(secondsLeft) });
  return (
    <div className="strip-row">
      <StripLink
        hash={hash}
        label={figures.joined([label, word, isCounting ? null : percent, left])}
        isTwoLines={state === "offline"}
      >
        {isRail ? (
          <span className="figure">{percent ?? "…"}</span>
        ) : (
          <>
            <bdi className={isOff ? "quiet grow clip" : "grow clip"}>{label}</bdi>{" "}
            <span className={isCounting ? "strip-word figure" : `strip-word is-${isOff ? "paused" : state}`}>
              {word}
            </span>{" "}
            {left !== null && <span className="strip-left quiet">{left}</span>}
          </>
        )}
      </StripLink>
      {!isRail &&
        (pausable.length > 0 ? (
          <IconButton
            small
            label={say(name === null ? "pauseAll" : "pause")}
            onClick={singleClick(() => pausable.forEach((id) => void pause(id)))}
          >
            <Pause size={14} aria-hidden fill="currentColor" />
          </IconButton>
        ) : (
          resumable.length > 0 && (
            <IconButton
              small
              label={say(name === null ? "resumeAll" : "resume")}
              onClick={singleClick(() => resumable.forEach((id) => void resume(id)))}
            >
              <Play size={14} aria-hidden fill="currentColor" />
            </IconButton>
          )
        ))}
      <Meter parts={[fraction ?? 0]} tone={isOff ? "off" : state === "stalled" ? "tight" : "plain"} />
    </div>
  );
}

function FailedRow({ first, count, isRail }: { first: Download; count: number; isRail: boolean }) {
  const say = useSay("downloads");
  const resume = useDownloads((state) => state.resume);
  const { id, name, status } = first;
  const isOne = count === 1;
  // A file that cannot be verified has to be accepted first, on the Models screen.
  const canRetry = isOne && status.state === "failed" && status.problem.code !== "download-unverifiable";
  const label = isOne ? name : say("strip.severalFailed", { count });
  return (
    <div className="strip-row">
      <StripLink hash={isOne ? hashOf(first) : "#/models"} label={isOne ? `${name} · ${say("strip.failed")}` : label}>
        <CircleAlert size={16} aria-hidden className="strip-alert" />
        {!isRail && <bdi className="grow clip">{label}</bdi>} {!isRail && isOne && <span>{say("strip.failed")}</span>}
      </StripLink>
      {canRetry && !isRail && (
        <IconButton small label={say("shell:tryAgain")} onClick={() => void resume(id)}>
          <RotateCw size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** Shown until the model is used or the row is dismissed. The model changes only if the user chooses so. */
function DoneRow({ download: { id, name }, model, isRail }: { download: Download; model: Model; isRail: boolean }) {
  const say = useSay("downloads");
  const choose = useChooseModel("chat");
  const dismiss = useDownloads((state) => state.cancel);
  const openId = useConversation((state) => state.openId);
  const isUsable = model.problems.length === 0;
  const use = (): void => {
    void dismiss(id);
    window.location.hash = chatHash(openId);
    void choose(model);
  };
  if (isRail) {
    return (
      <div className="strip-row">
        {isUsable ? (
          <IconButton label={say("strip.useName", { name })} onClick={use}>
            <Check size={16} aria-hidden />
          </IconButton>
        ) : (
          <StripLink label={`${name} · ${say("strip.unusable")}`}>
            <CircleAlert size={16} aria-hidden className="strip-alert" />
          </StripLink>
        )}
      </div>
    );
  }
  return (
    <div className="strip-row">
      <StripLink label={isUsable ? name : `${name} · ${say("strip.unusable")}`}>
        {!isUsable && <CircleAlert size={16} aria-hidden className="strip-alert" />}
        <bdi className="grow clip">{name}</bdi> {!isUsable && <span>{say("strip.unusable")}</span>}
      </StripLink>
      {isUsable && (
        <button type="button" className="text-button strip-use" onClick={use}>
          {say("models:installed.useNow")}
        </button>
      )}
      <IconButton small label={say("shell:dismiss")} onClick={() => void dismiss(id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

/** The row itself opens the screen that has more; its buttons lie above the link. */
function StripLink(props: { label: string; hash?: string; isTwoLines?: boolean; children: ReactNode }) {
  const { label, hash = "#/models", isTwoLines = false, children } = props;
  return (
    <a
      className={isTwoLines ? "strip-link is-two-lines" : "strip-link"}
      href={hash}
      aria-label={label}
      title={label}
      draggable={false}
    >
      {children}
    </a>
  );
}
