import { type ReactNode, useId } from "react";
import type { OpenedFile } from "../../../electron/contract/models.ts";
import type { Problem } from "../../../electron/contract/errors.ts";
import { Badge } from "../../parts/Badge.tsx";
import { PathName } from "../../parts/PathName.tsx";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { pathOf } from "../../../electron/contract/modelKinds.ts";
import { useOpenedFiles } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { OpenedFileFacts } from "./OpenedFileFacts.tsx";
import { blockingProblem } from "./blockingProblem.ts";
import { useChooseModel } from "./useChooseModel.ts";

export interface OpenedFileCardProps {
  file: OpenedFile;
  onUse: () => void;
  /** What stands before its buttons. */
  children: ReactNode;
}

/** What another try may change, unlike the contents of the file. */
const passing: readonly string[] = ["model-file-missing", "model-file-unreadable", "engine-start-failed"];

/** One file that was opened with the app: what it is, and what can be done with it. */
export function OpenedFileCard({ file: { id, path, look }, onUse, children }: OpenedFileCardProps) {
  const say = useSay("models");
  const problem = useOpenedFiles(({ problems }) => problems[id]);
  const readAgain = useOpenedFiles((state) => state.readAgain);
  const fileName = <PathName path={path.split(/[\\/]/).findLast((part) => part !== "") ?? path} />;
  if (look.state === "read") {
    const blocking = blockingProblem(look.model);
    const shown = problem ?? blocking;
    return (
      <Card
        name={<bdi>{look.model.name}</bdi>}
        path={pathOf(look.model) ?? path}
        badge={look.isListed && say("opened.listed")}
      >
        <OpenedFileFacts model={look.model} />
        {shown !== undefined && <Refusal problem={shown} />}
        <div className="opened-actions">
          {children}
          {!blocking && <Buttons openedId={id} isListed={look.isListed} onUse={onUse} />}
        </div>
      </Card>
    );
  }
  if (look.state === "reading") {
    return (
      <Card name={fileName} path={path}>
        <output className="small quiet">{say("readingFile")}</output>
        <div className="opened-actions">{children}</div>
      </Card>
    );
  }
  return (
    <Card name={fileName} path={path}>
      <Refusal problem={look.problem} />
      <div className="opened-actions">
        {children}
        {passing.includes(look.problem.code) && (
          <button type="button" className="button" onClick={() => void readAgain(id)}>
            {say("shell:tryAgain")}
          </button>
        )}
      </div>
    </Card>
  );
}

interface CardProps {
  name: ReactNode;
  path: string;
  badge?: string | false;
  children: ReactNode;
}

function Card({ name, path, badge = false, children }: CardProps) {
  const nameId = useId();
  return (
    <li className="opened-file" aria-labelledby={nameId}>
      <div className="model-name-line">
        <span className="opened-name" id={nameId}>
          {name}
        </span>
        {badge !== false && <Badge>{badge}</Badge>}
      </div>
      <p className="path">
        <PathName path={path} />
      </p>
      {children}
    </li>
  );
}

function Refusal({ problem }: { problem: Problem }) {
  return (
    <div role="alert">
      <ProblemWords problem={problem} />
    </div>
  );
}

interface ButtonsProps {
  openedId: string;
  isListed: boolean;
  onUse: () => void;
}

function Buttons({ openedId, isListed, onUse }: ButtonsProps) {
  const say = useSay("models");
  const add = useOpenedFiles((state) => state.add);
  const close = useOpenedFiles((state) => state.close);
  const choose = useChooseModel("chat");
  const use = async (): Promise<void> => {
    const added = await add(openedId);
    if (added === null) return;
    await close([openedId]);
    onUse();
    await choose(added);
  };
  return (
    <>
      {!isListed && (
        <button type="button" className="button" title={say("opened.importHint")} onClick={() => void add(openedId)}>
          {say("import")}
        </button>
      )}
      <button
        type="button"
        className="button primary"
        title={say(isListed ? "installed.useHint" : "opened.useHint")}
        onClick={() => void use()}
      >
        {say("installed.use")}
      </button>
    </>
  );
}
