import { type FormEvent, useState } from 'react';
import { useMapsText } from '../../i18n/maps-text.ts';
import { type TreeIndex, typeOf } from '../../scene/maps/tree-index.ts';
import { addHost } from '../../state/maps-client.ts';
import { useMaps } from '../../state/maps-store.ts';

interface AddHostProps {
  readonly index: TreeIndex;
}

/** A new host with empty OSDs: what deploying it would do. */
export function AddHost({ index }: AddHostProps) {
  const t = useMapsText().change;
  const pick = useMaps((state) => state.pick);
  const guess = guessHost(index);
  const parents = parentsOfHosts(index);
  const [name, setName] = useState('');
  const [parent, setParent] = useState('');
  const [osds, setOsds] = useState('');
  const [weight, setWeight] = useState('');
  const picked = pick === null ? undefined : index.tree.names[index.rowOf.get(pick) ?? -1];
  const under = parent !== '' ? parent : picked !== undefined && parents.includes(picked) ? picked : (parents[0] ?? '');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const count = Number(osds === '' ? guess.osds : osds);
    const each = Number(weight === '' ? guess.weight : weight);
    if (!Number.isInteger(count) || count < 1 || !(each > 0) || under === '') return;
    void addHost(name.trim() === '' ? guess.name : name.trim(), under, count, each);
    setName('');
  };
  return (
    <form className="mr-card mr-add" aria-label={t.addTitle} onSubmit={add}>
      <header className="mr-card-head">
        <h3>{t.addTitle}</h3>
        <span className="mr-quiet">{t.addNote}</span>
      </header>
      <label>
        <span>{t.hostName}</span>
        <input
          value={name}
          placeholder={guess.name}
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        <span>{t.parent}</span>
        <select className="mr-select" value={under} onChange={(event) => setParent(event.target.value)}>
          {parents.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label>
        <span>{t.osds}</span>
        <input
          type="number"
          min={1}
          max={1000}
          value={osds}
          placeholder={String(guess.osds)}
          onChange={(event) => setOsds(event.target.value)}
        />
      </label>
      <label>
        <span>{t.weight}</span>
        <input
          type="number"
          min={0}
          step="any"
          value={weight}
          placeholder={String(guess.weight)}
          onChange={(event) => setWeight(event.target.value)}
        />
      </label>
      <button type="submit" className="button">
        {t.addGo}
      </button>
    </form>
  );
}

function isHost(index: TreeIndex, row: number): boolean {
  return (index.tree.ids[row] ?? 0) < 0 && typeOf(index, row) === 'host';
}

/** A host like the others: as many OSDs, of the same weight, under a name that is free. */
function guessHost(index: TreeIndex): { name: string; osds: number; weight: number } {
  const hosts: number[] = [];
  index.tree.ids.forEach((_, row) => {
    if (isHost(index, row)) hosts.push(row);
  });
  const sample = hosts.at(-1);
  const under = sample === undefined ? [] : [...index.tree.parents.entries()].filter(([, parent]) => parent === sample);
  const weight = index.tree.weights[under[0]?.[0] ?? -1] ?? 1;
  const names = new Set(index.tree.names);
  let number = hosts.length;
  while (names.has(`newhost${number}`)) number += 1;
  return { name: `newhost${number}`, osds: Math.max(1, under.length), weight: Number((weight || 1).toFixed(5)) };
}

/** Buckets that hold hosts now, else the roots. */
function parentsOfHosts(index: TreeIndex): readonly string[] {
  const rows = new Set<number>();
  index.tree.ids.forEach((_, row) => {
    if (isHost(index, row)) rows.add(index.tree.parents[row] ?? -1);
  });
  for (const root of index.roots) rows.add(root);
  return [...rows].filter((row) => row >= 0).map((row) => index.tree.names[row] ?? '');
}
