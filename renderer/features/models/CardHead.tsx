import type { ReactNode } from "react";
import { Badge } from "../../parts/Badge.tsx";
import { useSay } from "../../texts.ts";

export interface CardHeadProps {
  name: string;
  isRecommended: boolean;
  /** Below the name: why it is shown, its download, or what went wrong. Words alone are quiet. */
  children: ReactNode;
  action: ReactNode;
}

/** The name of the model on the card, with what is happening to it and the one button to press. */
export function CardHead({ name, isRecommended, children, action }: CardHeadProps) {
  const say = useSay("models");
  return (
    <>
      <div className="grow">
        <div className="model-name-line">
          <bdi className="model-name" title={name}>
            {name}
          </bdi>
          {isRecommended && <Badge accent>{say("badges.recommended")}</Badge>}
        </div>
        {typeof children === "string" ? <div className="small quiet">{children}</div> : children}
      </div>
      {action}
    </>
  );
}
