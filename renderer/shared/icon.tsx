import type { ReactNode } from 'react';

const shapes = {
  check: <path d="M3.5 8.5l3 3 6-7" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2 1.3" />
    </>
  ),
  alert: (
    <>
      <path d="M8 2.5l6 11H2z" />
      <path d="M8 6.8v3M8 11.7v.1" />
    </>
  ),
  laptop: (
    <>
      <rect x="3.5" y="3.5" width="9" height="6.5" rx="1" />
      <path d="M2 12.5h12" />
    </>
  ),
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  more: (
    <>
      <circle cx="3.5" cy="8" r=".8" fill="currentColor" />
      <circle cx="8" cy="8" r=".8" fill="currentColor" />
      <circle cx="12.5" cy="8" r=".8" fill="currentColor" />
    </>
  ),
  down: <path d="M4 6.2l4 4 4-4" />,
  up: <path d="M4 9.8l4-4 4 4" />,
  drag: (
    <g fill="currentColor" stroke="none">
      <circle cx="6" cy="4" r="1.1" />
      <circle cx="10" cy="4" r="1.1" />
      <circle cx="6" cy="8" r="1.1" />
      <circle cx="10" cy="8" r="1.1" />
      <circle cx="6" cy="12" r="1.1" />
      <circle cx="10" cy="12" r="1.1" />
    </g>
  ),
  trash: <path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4" />,
  people: (
    <>
      <circle cx="8" cy="5.2" r="2.4" />
      <path d="M3 13.2c.6-2.7 2.6-4 5-4s4.400 1.300 5 4" />
    </>
  ),
  file: <path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3" />,
  undo: <path d="M5.500 3.500L3 6l2.500 2.500M3.200 6H9a3.500 3.500 0 010 7H6" />,
  edit: <path d="M10.700 2.800l2.500 2.500-7.500 7.500-3 .5.5-3z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** A 16 by 16 drawing that repeats what words beside it say; never the only sign of anything. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      width="1em"
      height="1em"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {shapes[name]}
    </svg>
  );
}
