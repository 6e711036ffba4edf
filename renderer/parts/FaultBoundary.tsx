import { Component, type ErrorInfo, type ReactNode } from "react";

export interface FaultBoundaryProps {
  /** What stands in the place of children that cannot be drawn; it must draw less than they did. */
  fallback: (faultId: string, tryAgain: () => void) => ReactNode;
  /** Sends what went wrong to the log; returns the id that it has there. */
  logFault: (text: string) => string;
  /** When it changes, the children are tried again. */
  triedWith?: unknown;
  children: ReactNode;
}

interface State {
  failed: { error: unknown } | null;
  faultId: string;
  triedWith: unknown;
}

/** Keeps a fault in drawing one part from taking the rest of the window with it. */
export class FaultBoundary extends Component<FaultBoundaryProps, State> {
  override state: State = { failed: null, faultId: "", triedWith: this.props.triedWith };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: { error } };
  }

  static getDerivedStateFromProps({ triedWith }: FaultBoundaryProps, state: State): Partial<State> | null {
    return triedWith === state.triedWith ? null : { failed: null, triedWith };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.setState({ faultId: this.props.logFault(`${stack}\nDrawn in:${componentStack ?? " ?"}`) });
  }

  override render(): ReactNode {
    const { failed, faultId } = this.state;
    if (failed === null) return this.props.children;
    return this.props.fallback(faultId, () => this.setState({ failed: null }));
  }
}
