import { type ReactNode, useCallback } from 'react';
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';
import { useText } from '../../i18n/text.ts';
import { recall, remember } from '../../state/remember.ts';
import { PanelById } from './panel-by-id.tsx';

interface PanelGridProps {
  readonly withInspector: boolean;
  readonly withLesson: boolean;
}

/** The stage above, the terminal and what belongs to it below; the lines between them can be dragged. */
export function PanelGrid({ withInspector, withLesson }: PanelGridProps) {
  const lower = `lower${withLesson ? '-lesson' : ''}${withInspector ? '' : '-drawer'}`;
  return (
    <Rows name="rows" direction="vertical">
      <Panel id="stage" defaultSize="54%" minSize="20%">
        <Rows name="stage" direction="horizontal">
          <Panel id="images" defaultSize="39%" minSize="15%">
            <PanelById id="images" />
          </Panel>
          <Line />
          <Panel id="pgs" defaultSize="26%" minSize="12%">
            <PanelById id="pgs" />
          </Panel>
          <Line />
          <Panel id="osds" defaultSize="35%" minSize="15%">
            <PanelById id="osds" />
          </Panel>
        </Rows>
      </Panel>
      <Line />
      <Panel id="lower" defaultSize="46%" minSize="20%">
        <Rows key={lower} name={lower} direction="horizontal">
          {withLesson && (
            <Panel id="lesson" defaultSize="27%" minSize="16%">
              <PanelById id="lesson" />
            </Panel>
          )}
          {withLesson && <Line />}
          <Panel id="terminal" defaultSize={withLesson ? '40%' : '60%'} minSize="25%">
            <PanelById id="terminal" />
          </Panel>
          {withInspector && <Line />}
          {withInspector && (
            <Panel id="inspector" defaultSize={withLesson ? '33%' : '40%'} minSize="15%">
              <PanelById id="inspector" />
            </Panel>
          )}
        </Rows>
      </Panel>
    </Rows>
  );
}

interface RowsProps {
  readonly name: string;
  readonly direction: 'vertical' | 'horizontal';
  readonly children: ReactNode;
}

/** A group whose sizes the browser remembers. */
function Rows({ name, direction, children }: RowsProps) {
  const save = useCallback((layout: Layout) => remember(`sizes.${name}`, JSON.stringify(layout)), [name]);
  return (
    <Group id={name} orientation={direction} defaultLayout={storedLayout(name)} onLayoutChanged={save}>
      {children}
    </Group>
  );
}

function storedLayout(name: string): Layout | undefined {
  const text = recall(`sizes.${name}`);
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isLayout(value) ? value : undefined;
  } catch {
    // Someone else's text under our name: the sizes that the page begins with will do.
    return undefined;
  }
}

function isLayout(value: unknown): value is Layout {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((size) => typeof size === 'number' && size >= 0 && size <= 100);
}

function Line() {
  return <Separator className="separator" aria-label={useText().page.resize} />;
}
