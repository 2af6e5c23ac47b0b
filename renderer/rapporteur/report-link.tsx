import type { MouseEvent, ReactNode } from 'react';
import { useWay } from './way-context.ts';

export interface ReportLinkProps {
  readonly anchor: string;
  readonly className: string | undefined;
  /** It is where one is. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** A link to a place of the report; its address opens the report in another window too. */
export function ReportLink({ anchor, className, current, children }: ReportLinkProps) {
  const { hrefOf, goTo } = useWay();
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(anchor);
  };
  return (
    <a
      href={hrefOf(anchor)}
      className={className}
      aria-current={current === true ? 'location' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
