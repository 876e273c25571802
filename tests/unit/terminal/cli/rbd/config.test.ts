import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

function prepared(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create rbd 8');
  bench.must('ceph osd pool create data 8');
  bench.must('rbd pool init rbd');
  return bench;
}

function infoOf(bench: Bench, image: string): string {
  return bench.must(`rbd info ${image}`);
}

describe('the configuration of rbd', () => {
  it('decides on what is not said of a new image: a pool before all', () => {
    const bench = prepared();
    bench.must('rbd config global set global rbd_default_order 20');
    bench.must('rbd config pool set rbd rbd_default_features layering,exclusive-lock');
    bench.must('rbd config pool set rbd rbd_default_stripe_unit 65536');
    bench.must('rbd config pool set rbd rbd_default_stripe_count 4');
    bench.must('rbd create -s 8M a');
    const info = infoOf(bench, 'a');
    expect(info).toContain('order 20 (1 MiB objects)');
    expect(info).toContain('features: layering, striping, exclusive-lock\n');
    expect(info).toContain('stripe unit: 64 KiB\n\tstripe count: 4');
    bench.must('rbd config pool rm rbd rbd_default_features');
    bench.must('rbd create -s 8M --order 22 --stripe-unit 4M --stripe-count 1 b');
    expect(infoOf(bench, 'b')).toContain('object-map');
  });

  it('puts data into the pool that it names', () => {
    const bench = prepared();
    bench.must('rbd config pool set rbd rbd_default_data_pool data');
    bench.must('rbd create -s 8M a');
    expect(infoOf(bench, 'a')).toContain('data_pool: data');
  });

  it('is overridden on the command line, with dashes or without', () => {
    const bench = prepared();
    bench.must('rbd --rbd_default_features=3 create -s 1M a');
    expect(infoOf(bench, 'a')).toContain('features: layering\n');
    bench.must('rbd create -s 1M b --rbd-default-order 16');
    expect(infoOf(bench, 'b')).toContain('order 16');
    expect(bench.run('rbd --rbd_default_pool nosuch ls').code).toBe(2);
    const { code, stderr } = bench.run('rbd --rbd_default_order x ls');
    expect(code).toBe(0);
    expect(stderr).toBe(
      "parse error setting 'rbd_default_order' to 'x' (strict_si_cast: unit prefix not recognized)\n\n",
    );
  });

  it('says which clones are made', () => {
    const bench = prepared();
    bench.must('rbd create -s 1M a');
    bench.must('rbd snap create a@s --no-progress');
    bench.must('rbd config pool set rbd rbd_default_clone_format 2');
    bench.must('rbd clone a@s c');
    expect(infoOf(bench, 'c')).toContain('op_features: clone-child');
    bench.must('rbd config pool set rbd rbd_default_clone_format 1');
    expect(bench.run('rbd clone a@s d')).toMatchObject({ code: 22 });
  });

  it('keeps removed images in the trash where it is told to, for so long', () => {
    const bench = prepared();
    bench.must('rbd create -s 1M a');
    bench.must('rbd config pool set rbd rbd_move_to_trash_on_remove true');
    bench.must('rbd config pool set rbd rbd_move_to_trash_on_remove_expire_seconds 600');
    bench.must('rbd rm a --no-progress');
    const [id] = bench.must('rbd trash ls').split(' ');
    expect(bench.run(`rbd trash rm ${id} --no-progress`).code).toBe(1);
    bench.must(`rbd trash restore ${id}`);
    expect(bench.must('rbd ls')).toBe('a\n');
  });

  it('is checked where it is set', () => {
    const bench = prepared();
    bench.must('rbd create -s 1M a');
    expect(bench.run('rbd config pool set rbd rbd_default_features hihi').code).toBe(22);
    expect(bench.run('rbd config image set a rbd_default_order 20').code).toBe(22);
    expect(bench.run('rbd image-meta set a conf_rbd_cache maybe').code).toBe(22);
    expect(bench.run('rbd config global set global rbd_default_order x')).toMatchObject({
      code: 22,
      stderr: 'rbd: error setting rbd_default_order: error parsing value: strict_si_cast: unit prefix not recognized\n',
    });
    expect(bench.run('rbd config global get glob rbd_cache').stderr).toBe(
      'rbd: invalid config entity: glob (must be global, client or client.<id>)\n',
    );
    expect(bench.run('rbd config pool get rbd rbd_nosuch').stderr).toBe('rbd: invalid config key: rbd_nosuch\n');
  });

  it('tells where each value comes from', () => {
    const bench = prepared();
    bench.must('rbd create -s 1M a');
    bench.must('rbd config image set a rbd_cache_size 1M');
    bench.must('rbd config pool set rbd rbd_cache false');
    const rows = bench.must('rbd config image ls a').split('\n');
    expect(rows.find((row) => row.startsWith('rbd_cache_size '))).toMatch(/ 1M +image +$/);
    expect(rows.find((row) => row.startsWith('rbd_cache '))).toMatch(/ false +pool +$/);
    expect(rows.find((row) => row.startsWith('rbd_cache_policy '))).toMatch(/ writearound +config *$/);
    expect(bench.must('rbd --rbd_cache_policy=writeback config image ls a')).toMatch(
      /rbd_cache_policy +writeback +config/,
    );
  });
});
