/** A host of OSDs, some fuller and some emptier than they should be: what the room shows, in small. */
const SHADES = [3, 1, 2, 0, 4, 2, 1, 3, 2, 2, 0, 3, 1, 2, 4, 2, 3, 1];

export function EmptyPicture() {
  return (
    <svg className="mr-drop-picture" viewBox="0 0 188 74" aria-hidden="true">
      {[0, 1, 2].map((host) => (
        <g key={host} transform={`translate(${host * 64} 0)`}>
          <rect className="mr-drop-host" x={0.5} y={0.5} width={59} height={72} rx={4} />
          {SHADES.slice(host * 6, host * 6 + 6).map((shade, at) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a drawing that never changes
              key={at}
              className={`mr-shade-${shade}`}
              x={6 + (at % 2) * 25}
              y={8 + Math.floor(at / 2) * 20.5}
              width={22}
              height={17.5}
              rx={2}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}
