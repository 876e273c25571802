import { useId } from 'react';
import type { OpTrace, TracedMember } from '../../../engine/base/op-trace.ts';
import { formatBytes } from '../../i18n/format.ts';
import type { TraceMessages } from '../../i18n/trace.en.ts';
import { useTraceText } from '../../i18n/trace-text.ts';
import { type Road, type RoadArrow, type RoadBox, type RoadNote, strokeOf } from '../../scene/trace/road.ts';

interface RoadPictureProps {
  readonly trace: OpTrace;
  readonly road: Road;
  readonly scale: number;
  readonly label: string;
}

/** The road as a picture: stations, and what went between them. Its twin in words stands below it. */
export function RoadPicture({ trace, road, scale, label }: RoadPictureProps) {
  const head = useId();
  const { width, height, boxes, arrows, notes } = road;
  return (
    <svg
      className="tr-road"
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <Head id={`${head}there`} className="tr-head-there" />
        <Head id={`${head}back`} className="tr-head-back" />
        <Head id={`${head}words`} className="tr-head-words" />
      </defs>
      {[...arrows]
        .sort((a, b) => a.bytes - b.bytes)
        .map((arrow) => (
          <Arrow key={arrow.path} arrow={arrow} head={head} />
        ))}
      {boxes.map((box) => (
        <Box key={`${box.kind}${box.x} ${box.y}`} box={box} trace={trace} />
      ))}
      {notes.map((note) => (
        <Note key={note.kind} note={note} trace={trace} />
      ))}
    </svg>
  );
}

function Head({ id, className }: { readonly id: string; readonly className: string }) {
  return (
    <marker
      id={id}
      className={className}
      viewBox="0 0 8 8"
      refX={1}
      refY={4}
      markerWidth={10}
      markerHeight={10}
      markerUnits="userSpaceOnUse"
      orient="auto"
    >
      <path d="M0 0.5L8 4L0 7.5z" />
    </marker>
  );
}

function Arrow({ arrow, head }: { readonly arrow: RoadArrow; readonly head: string }) {
  const { path, bytes, back, label } = arrow;
  const way = bytes === 0 ? 'words' : back ? 'back' : 'there';
  return (
    <g className={`tr-arrow tr-arrow-${way}`} data-bytes={bytes}>
      <path d={path} strokeWidth={strokeOf(bytes)} markerEnd={`url(#${head}${way})`} />
      {bytes > 0 && (
        <text x={label.x} y={label.y} textAnchor={label.anchor}>
          {formatBytes(bytes)}
        </text>
      )}
    </g>
  );
}

function Box({ box, trace }: { readonly box: RoadBox; readonly trace: OpTrace }) {
  const { kind, x, y, width, height, member } = box;
  const role = member?.role ?? kind;
  return (
    <g className={`tr-box tr-box-${kind} tr-role-${role}`} data-role={role} transform={`translate(${x} ${y})`}>
      <rect className="tr-box-face" x={0.5} y={0.5} width={width - 1} height={height - 1} rx={6} />
      {member === null ? <PlaceFace kind={kind} trace={trace} /> : <OsdFace member={member} width={width} />}
    </g>
  );
}

function PlaceFace({ kind, trace }: { readonly kind: RoadBox['kind']; readonly trace: OpTrace }) {
  const words = useTraceText();
  const { hash, epoch, pgid, reqid } = trace;
  const [client = '', tid = ''] = reqid.split(':');
  const hex = hash === null ? '—' : hash.toString(16).padStart(8, '0');
  const [title, ...lines] =
    kind === 'pg'
      ? [`PG ${pgid}`, `${words.hash} ${hex}`, `${words.epoch} ${epoch}`]
      : [client.replace(/\.0$/, ''), ...(tid === '0' ? [] : [`${words.request} ${tid}`])];
  return (
    <>
      <text className="tr-name" x={12} y={22}>
        {title}
      </text>
      {lines.map((line, at) => (
        <text key={line} className="tr-fact" x={12} y={40 + at * 16}>
          {line}
        </text>
      ))}
    </>
  );
}

/** Name and role, and what its disk did: the drum is full where it wrote. */
function OsdFace({ member, width }: { readonly member: TracedMember; readonly width: number }) {
  const words = useTraceText();
  const { osd, shard, role } = member;
  const lines = diskLines(member, words);
  return (
    <>
      <text className="tr-name" x={12} y={22}>
        osd.{osd}
      </text>
      <text className="tr-role" x={width - 12} y={22} textAnchor="end">
        {shard === null
          ? words.roles[role]
          : `${role === 'shard' ? '' : words.roles[role]} ${words.roles.shard} ${shard}`}
      </text>
      <Drum wrote={member.writtenBytes > 0} read={member.readBytes > 0} />
      {lines.map((line, at) => (
        <text key={line} className="tr-fact" x={36} y={lines.length === 1 ? 49 : 42 + at * 15}>
          {line}
        </text>
      ))}
    </>
  );
}

function diskLines({ readBytes, writtenBytes }: TracedMember, words: TraceMessages): string[] {
  const lines = [];
  if (readBytes > 0) lines.push(words.diskReads(formatBytes(readBytes)));
  if (writtenBytes > 0) lines.push(words.diskWrites(formatBytes(writtenBytes)));
  return lines.length > 0 ? lines : [words.diskIdle];
}

function Drum({ wrote, read }: { readonly wrote: boolean; readonly read: boolean }) {
  const state = wrote ? 'wrote' : read ? 'read' : 'idle';
  return (
    <g className={`tr-drum tr-drum-${state}`} transform="translate(12 33)">
      <path d="M0 4v15a8 3.5 0 0 0 16 0v-15" />
      <ellipse cx={8} cy={4} rx={8} ry={3.5} />
    </g>
  );
}

function Note({ note, trace }: { readonly note: RoadNote; readonly trace: OpTrace }) {
  const { notes } = useTraceText();
  const { clone, stripes, decoded } = trace;
  const texts = {
    clone: notes.clone(clone?.snap ?? 0, formatBytes(clone?.sharedBytes ?? 0)),
    stripes: notes.stripes(formatBytes(stripes?.readBytes ?? 0)),
    decoded: notes.decoded(decoded.join(', ')),
  };
  return (
    <g className={`tr-note tr-note-${note.kind}`} data-note={note.kind} transform={`translate(${note.x} ${note.y})`}>
      <rect className="tr-note-cell" x={0.5} y={1.5} width={14} height={14} rx={2} />
      <rect className="tr-note-band" x={0} y={1} width={5} height={15} rx={1} />
      <text x={22} y={13}>
        {texts[note.kind]}
      </text>
    </g>
  );
}
