import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROFILES } from '../../../src/engine/base/era.ts';
import type { LinkResult, Scenario } from '../../../src/protocol/calls.ts';
import { base64urlDecode, base64urlEncode } from '../../../src/share/base64url.ts';
import { crc32 } from '../../../src/share/crc32.ts';
import { parseScenarioFile, printScenarioFile } from '../../../src/share/scenario-file.ts';
import { fragmentOf } from '../../../src/share/scenario-link.ts';
import { inflate, readLink, shareScenario } from '../../../src/worker/link-codec.ts';

const STORY = [
  'ceph osd pool create pool100 64 64',
  'rbd pool init pool100',
  'rbd create -p pool100 image1 --size 102400',
  'rados -p pool100 listomapvals rbd_header.1080d797c066',
  'rbd snap create pool100/image1@snap1',
  'rbd snap protect pool100/image1@snap1',
  'rbd clone pool100/image1@snap1 pool100/clone1',
  "echo '图像 \\ back' | hexdump -C",
  'rbd flatten pool100/clone1',
];

function scenarioOf(commands: readonly string[], more: Partial<Scenario> = {}): Scenario {
  return { version: 1, seed: 20, start_s: 1_795_338_000, commands, ...more };
}

const scenarios: fc.Arbitrary<Scenario> = fc
  .record(
    {
      version: fc.constant(1 as const),
      seed: fc.nat(0xffffffff),
      start_s: fc.nat(0xffffffff),
      commands: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\\nb\nc', '\\', '\n')), {
        maxLength: 30,
      }),
      at: fc.nat(30),
      lesson: fc.constantFrom('story-a', 'rbd/copy-on-write'),
      profile: fc.constantFrom(...PROFILES),
    },
    { requiredKeys: ['version', 'seed', 'start_s', 'commands'], noNullPrototype: true },
  )
  .map((scenario) => {
    const { at, ...rest } = scenario;
    return at === undefined || at > rest.commands.length ? rest : { ...rest, at };
  });

/** A link with this text in it, as {@link fragmentOf} makes them, whatever the text. */
function linkWithText(text: string | Uint8Array, version = 1): string {
  const deflated = deflateRawSync(text);
  return `s=${base64urlEncode(Buffer.concat([Buffer.of(version), deflated]))}`;
}

function signed(body: string): string {
  return `${crc32(Buffer.from(body)).toString(16)}\n${body}`;
}

describe('scenario links', () => {
  test('every scenario comes back the same', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const shared = await shareScenario(scenario);
        const fragment = shared.ok ? shared.fragment : '';
        expect(shared.ok).toBe(true);
        expect(await readLink(`#lang=en&${fragment}&view=images`)).toEqual({ ok: true, scenario });
        expect(parseScenarioFile(printScenarioFile(scenario))).toEqual({ ok: true, scenario });
      }),
    );
  });

  test('a usual story stays far below 2,000 characters', async () => {
    const shared = await shareScenario(scenarioOf(STORY));
    expect(shared.ok && shared.length).toBeLessThan(500);
  });

  test('mutated links give an error or a valid scenario', async () => {
    const shared = await shareScenario(scenarioOf(STORY, { at: 3 }));
    const good = shared.ok ? shared.fragment : '';
    const mutation = fc.tuple(fc.nat(good.length - 1), fc.constantFrom(...'Ab9-_=&#s '), fc.nat(good.length));
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean(), async (mutations, cut) => {
        let text = good;
        for (const [at, char, end] of mutations) {
          text = text.slice(0, at) + char + text.slice(at + 1);
          if (cut) text = text.slice(0, end);
        }
        const result = await readLink(text);
        if (result?.ok) expect({ ...result.scenario, at: undefined }).toEqual({ ...scenarioOf(STORY), at: undefined });
        else if (result !== null) expect(['damaged', 'newer-version']).toContain(result.error);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text at all is answered', async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => `s=${text}`),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const answer = await readLink(text);
        if (answer !== null) expect(answer.ok || ['damaged', 'newer-version'].includes(answer.error)).toBe(true);
      }),
    );
  });

  test('a link from a newer version says so, whatever follows', async () => {
    expect(await readLink(linkWithText('whatever', 2))).toEqual({ ok: false, error: 'newer-version' });
    expect(await readLink('s=_w')).toEqual({ ok: false, error: 'newer-version' });
    expect(await readLink('s=AA')).toEqual({ ok: false, error: 'damaged' });
  });

  test('a link without a scenario is none', async () => {
    expect(await readLink('')).toBeNull();
    expect(await readLink('#lang=zh-CN&view=osds')).toBeNull();
  });

  test('more than 10,000 commands are refused, 10,000 are not', async () => {
    const body = (count: number) => ['20 1795338000', ...Array.from({ length: count }, () => 'rbd ls')].join('\n');
    expect(await readLink(linkWithText(signed(body(10_001))))).toEqual({ ok: false, error: 'too-many-commands' });
    const most = await readLink(linkWithText(signed(body(10_000))));
    expect(most?.ok && most.scenario.commands.length).toBe(10_000);
  });

  test('what expands to more than 4 MiB is refused without expanding the rest', async () => {
    const bomb = deflateRawSync(new Uint8Array(400 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    const fragment = fragmentOf(scenarioOf([]), bomb);
    expect(await readLink(fragment)).toEqual({ ok: false, error: 'too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
    expect(await inflate(deflateRawSync(new Uint8Array(100)), 99)).toBe('too-large');
    expect(await inflate(deflateRawSync(new Uint8Array(100)), 100)).toHaveLength(100);
  });

  test('a session that is too long for a link is refused with the scenario for a file', async () => {
    const noise = Array.from({ length: 900 }, (_, i) => `echo ${Math.imul(i + 1, 0x9e3779b1) >>> 0} ${i ** 5 % 9973}`);
    const shared = await shareScenario(scenarioOf(noise));
    expect(shared).toMatchObject({ ok: false, why: 'too-long', scenario: { commands: noise } });
  });

  test('texts beyond the bounds are damaged', async () => {
    const answers: (LinkResult | null)[] = [];
    for (const body of ['x 1\nls', '1 99999999999', '1 2 UPPER', '1 2 a b', '-1 2', '1 2 ../..']) {
      answers.push(await readLink(linkWithText(signed(body))));
    }
    expect(new Set(answers.map((answer) => (answer?.ok === false ? answer.error : 'ok')))).toEqual(
      new Set(['damaged']),
    );
    expect(await readLink(`${linkWithText(signed('1 2\nls'))}&at=2`)).toEqual({ ok: false, error: 'damaged' });
  });
});

describe('scenario files', () => {
  test('damaged, newer and oversized files are told apart', () => {
    expect(parseScenarioFile('{')).toEqual({ ok: false, error: 'damaged' });
    expect(parseScenarioFile('[]')).toEqual({ ok: false, error: 'damaged' });
    expect(parseScenarioFile('{"version":2}')).toEqual({ ok: false, error: 'newer-version' });
    expect(parseScenarioFile('{"version":1,"seed":1.5,"start_s":1,"commands":[]}')).toEqual({
      ok: false,
      error: 'damaged',
    });
    const many = JSON.stringify({
      version: 1,
      seed: 1,
      start_s: 1,
      commands: Array.from({ length: 10_001 }, () => ''),
    });
    expect(parseScenarioFile(many)).toEqual({ ok: false, error: 'too-many-commands' });
  });
});

describe('base64url', () => {
  test('is what Node makes of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        expect(base64urlEncode(bytes)).toBe(text);
        expect(base64urlDecode(text)).toEqual(bytes);
      }),
    );
  });
});

test('crc32 gives the known check value', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
