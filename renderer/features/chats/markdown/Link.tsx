import type { ReactNode, SyntheticEvent } from "react";
import { useShell } from "../../../stores/useStores.ts";

export interface LinkProps {
  href?: string | undefined;
  children?: ReactNode;
}

/** A link in an answer. Main opens it, after showing where it leads. Without a safe address, it is plain text. */
export function Link({ href, children }: LinkProps) {
  const openLink = useShell((state) => state.openLink);
  if (href === undefined || href === "") return <span>{children}</span>;
  const open = (event: SyntheticEvent): void => {
    event.preventDefault();
    void openLink(href);
  };
  return (
    <a
      href={href}
      title={href}
      draggable={false}
      rel="noreferrer"
      onClick={open}
      onAuxClick={(event) => event.preventDefault()}
    >
      {children}
    </a>
  );
}
