/** The page's own icons: paths in a box of 16, drawn in the colour of the text. */
const PATHS = {
  pause: 'M4.5 3h2.5v10h-2.5zM9 3h2.5v10h-2.5z',
  play: 'M4.5 2.5v11l9-5.5z',
  step: 'M3.5 2.5v11l7-5.5zM11.5 2.5h2v11h-2z',
  back: 'M10.5 2.5v11l-7-5.5z',
  forward: 'M5.5 2.5v11l7-5.5z',
  grow: 'M2 2h5v1.6h-3.4v3.4h-1.6zM14 14h-5v-1.6h3.4v-3.4h1.6z',
  shrink: 'M7 7h-5v-1.6h3.4v-3.4h1.6zM9 9h5v1.6h-3.4v3.4h-1.6z',
  close: 'M3.2 4.3l1.1-1.1l3.7 3.7l3.7-3.7l1.1 1.1l-3.7 3.7l3.7 3.7l-1.1 1.1l-3.7-3.7l-3.7 3.7l-1.1-1.1l3.7-3.7z',
  theme: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zm0 1.5v10a5 5 0 0 0 0-10z',
  check: 'M6.3 12.6l-4.1-4.1l1.2-1.2l2.9 2.9l6.3-6.3l1.2 1.2z',
  ring: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zm0 1.4a4.1 4.1 0 1 0 0 8.2a4.1 4.1 0 0 0 0-8.2z',
  stop: 'M3.5 3.5h9v9h-9z',
  up: 'M8 4l5 6.5h-10z',
  down: 'M8 12l-5-6.5h10z',
  menu: 'M2 3.5h12v1.5h-12zM2 7.25h12v1.5h-12zM2 11h12v1.5h-12z',
  help: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zm0 1.3a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 0 0 0-10.4zM7.3 10.6h1.4v1.4h-1.4zM5.6 6.2c0-1.4 1-2.3 2.4-2.3s2.4.9 2.4 2.1c0 1-.6 1.5-1.1 1.9c-.4.3-.6.5-.6.9v.7h-1.4v-.8c0-1 .6-1.5 1.1-1.9c.4-.3.6-.5.6-.8c0-.4-.4-.8-1-.8s-1 .4-1 1z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
