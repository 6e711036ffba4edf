import type { ComponentProps, ReactNode } from "react";
import type { ActionId } from "../../electron/contract/actions.ts";
import { useKeyText } from "./useKeyText.ts";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** Its name, which is also its tip. */
  label: string;
  /** A more detailed tip. */
  tip?: string | undefined;
  /** The action that it does, whose keys are added to the tip. */
  does?: ActionId | undefined;
  /** 24 px instead of 28, for rows and fields. */
  small?: boolean;
  /** The icon. */
  children: ReactNode;
}

/** A button with an icon instead of words. */
export function IconButton({ label, tip, does, small = false, className, children, ...props }: IconButtonProps) {
  const keys = useKeyText(does);
  const classes = ["icon-button", small ? "small" : "", className ?? ""].filter((name) => name !== "").join(" ");
  return (
    <button
      type="button"
      aria-label={label}
      title={keys === "" ? (tip ?? label) : `${tip ?? label} (${keys})`}
      className={classes}
      {...props}
    >
      {children}
    </button>
  );
}
