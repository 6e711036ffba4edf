import { type RefCallback, useCallback, useState } from "react";
import { windowKind } from "../../../app/windowKind.ts";
import { watchNearness } from "./watchNearness.ts";

/** Returns a ref for an element, and whether that is visible or close to it. On paper, everything is. */
export function useIsNear(): [RefCallback<Element>, boolean] {
  const [isNear, setNear] = useState(windowKind() === "print");
  const place = useCallback((element: Element | null) => {
    if (element === null || windowKind() === "print") return undefined;
    return watchNearness(element, setNear);
  }, []);
  return [place, isNear];
}
