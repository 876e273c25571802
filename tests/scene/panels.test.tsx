import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Geometry } from '../../src/app/scene/geometry.ts';
import type { Selection } from '../../src/app/scene/selection.ts';
import { ImagesPanel } from '../../src/app/views/images/images-panel.tsx';
import { OsdsPanel } from '../../src/app/views/osds/osds-panel.tsx';
import { PlacementPanel } from '../../src/app/views/placement/placement-panel.tsx';
import type { StagePanelProps } from '../../src/app/views/stage/props.ts';
import type { ClusterView } from '../../src/protocol/view.ts';
import { makeCluster } from './fixtures/clusters.ts';
import { stories } from './fixtures/stories.ts';

const panels = { images: ImagesPanel, pgs: PlacementPanel, osds: OsdsPanel };
const sizes = {
  images: { width: 560, height: 340 },
  pgs: { width: 356, height: 240 },
  osds: { width: 470, height: 400 },
};

function cluster(name: string): ClusterView {
  return stories[name]?.() ?? makeCluster({ hosts: 3, osdsPerHost: 3, pools: [], images: [] });
}

function draw(panel: keyof typeof panels, name: string, selection: Selection | null = null): string {
  const View = panels[panel];
  const props: StagePanelProps = {
    view: cluster(name),
    selection,
    hover: null,
    onHover: () => undefined,
    onSelect: () => undefined,
    locate: async () => null,
    geometry: new Geometry(),
    onInsertCommand: () => undefined,
    initialSize: sizes[panel],
  };
  const markup = renderToStaticMarkup(<View {...props} />);
  return `${markup.replaceAll(/(<(?:g|path|rect|li|tr|section|div|svg|p|button|table|ul)[ >])/g, '\n$1').trim()}\n`;
}

const drawings: readonly (readonly [keyof typeof panels, string, Selection | null])[] = [
  ['images', 'story', null],
  ['images', 'sparse', null],
  ['images', 'large', null],
  ['images', 'empty', null],
  ['pgs', 'story', { kind: 'pg', pgid: '3.1a' }],
  ['pgs', 'degraded', null],
  ['osds', 'degraded', { kind: 'pg', pgid: '3.1a' }],
  ['osds', 'crowd', null],
];

test.each(drawings)('%s of %s', async (panel, name, selection) => {
  await expect(draw(panel, name, selection)).toMatchFileSnapshot(`output/${panel}-${name}.html.txt`);
});

test('the story shows a cell of each kind, and the table beside it says the same', () => {
  const markup = draw('images', 'story');
  for (const kind of ['own', 'parent', 'copiedUp', 'kept', 'zero', 'shared', 'hole'])
    expect(markup).toContain(`data-kind="${kind}"`);
  expect(markup).toContain('data-counts="hole:8 own:3 parent:3 copiedUp:1 kept:0 zero:1 shared:0"');
  expect(markup.match(/data-lane=/g)).toHaveLength(5);
  expect(markup).toContain('<caption>Images</caption>');
});

test('a large image draws some hundreds of marks, not tens of thousands', () => {
  const markup = draw('images', 'large');
  expect(markup.match(/<(?:path|rect|text|circle)/g)?.length).toBeLessThan(200);
  expect(markup.length).toBeLessThan(60_000);
});

test('an empty page says what to type, and each command is a button', () => {
  const markup = draw('images', 'empty');
  expect(markup).toContain('ceph osd pool create rbd 64');
  expect(markup.match(/class="st-command"/g)).toHaveLength(3);
});

test('a degraded PG has its corner cut, an OSD that is down is crossed', () => {
  expect(draw('pgs', 'degraded')).toContain('st-pg-degraded');
  const osds = draw('osds', 'degraded');
  expect(osds).toContain('data-osd="5" data-state="down"');
  expect(osds).toContain('data-osd="7" data-state="out"');
  const crossed = osds.split('\n<g class="st-osd ').filter((box) => box.includes('st-cross'));
  expect(crossed.map((box) => box.match(/data-osd="(\d+)"/)?.[1])).toEqual(['5']);
});

test('a PG that is pointed at lights its OSDs, one of them as primary', () => {
  const markup = draw('osds', 'story', { kind: 'pg', pgid: '3.1a' });
  expect(markup.match(/data-lit-osd=/g)).toHaveLength(3);
  expect(markup.match(/data-role="primary"/g)).toHaveLength(1);
});
