import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

/** Modules and their options, as a real manager of 20.2.4 told of them, without the words of their descriptions. */
const RECORDED = fileURLToPath(new URL('mgr-modules.txt', import.meta.url));

interface Option {
  readonly name: string;
  readonly type: string;
  readonly level: string;
  readonly flags: number;
  readonly default_value: string;
  readonly min: string;
  readonly max: string;
  readonly enum_allowed: readonly string[];
  readonly desc: string;
}

interface Module {
  readonly name: string;
  readonly can_run: boolean;
  readonly error_string: string;
  readonly module_options: Readonly<Record<string, Option>>;
}

function told(modules: readonly Module[]): unknown[] {
  return modules.flatMap(({ name, can_run, error_string, module_options }) => [
    [name, can_run, error_string],
    ...Object.values(module_options).map((option) => [
      ...[option.name, option.type, option.level, option.flags, option.default_value, option.min, option.max],
      ...[option.enum_allowed, option.desc !== ''],
    ]),
  ]);
}

describe('the map of the managers', () => {
  const bench = new Bench();
  const recorded: unknown[] = readFileSync(RECORDED, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  it('has the modules of a real one, with their options', () => {
    const dump = JSON.parse(bench.must('ceph mgr dump')) as { available_modules: Module[] };
    expect(told(dump.available_modules)).toEqual(recorded);
    expect(Object.keys(dump)).toEqual([
      ...['epoch', 'flags', 'active_gid', 'active_name', 'active_addrs', 'active_addr', 'active_change'],
      ...['active_mgr_features', 'available', 'standbys', 'modules', 'available_modules', 'services'],
      ...['always_on_modules', 'force_disabled_modules', 'last_failure_osd_epoch', 'active_clients'],
    ]);
  });

  it('lists those that are off with all their options, and the others by name', () => {
    const lists = JSON.parse(bench.must('ceph mgr module ls -f json')) as Record<string, Module[]>;
    expect(Object.keys(lists)).toEqual([
      ...['always_on_modules', 'force_disabled_modules', 'enabled_modules', 'disabled_modules'],
    ]);
    expect(lists.disabled_modules?.map(({ name }) => name).join(' ')).toBe(
      'alerts influx insights iostat localpool mirroring nfs osd_perf_query osd_support prometheus selftest smb ' +
        'snap_schedule stats telegraf test_orchestrator',
    );
    expect(told(lists.disabled_modules ?? []).length).toBeGreaterThan(100);
  });

  it('names parts as XML wants it', () => {
    expect(bench.must('ceph mgr module ls -f xml')).toMatch(
      /^<modules><always_on_modules><module>balancer<\/module>.*<\/always_on_modules><force_disabled_modules><\/force_disabled_modules><enabled_modules><\/enabled_modules><disabled_modules><module><name>alerts<\/name><can_run>true<\/can_run>/,
    );
    const dump = bench.must('ceph mgr dump -f xml');
    expect(dump).toContain('<active_addrs><addrvec><addr><type>v2</type>');
    expect(dump).toContain('<active_mgr_features>4541880224203014143</active_mgr_features>');
    expect(dump).toContain('<always_on_modules><octopus><module>balancer</module>');
    expect(dump).toContain('<enum_allowed><value></value><value>critical</value>');
    expect(dump).toMatch(/<active_clients><client><name>devicehealth<\/name>.*<\/client><\/active_clients><\/mgrmap>$/);
  });
});
