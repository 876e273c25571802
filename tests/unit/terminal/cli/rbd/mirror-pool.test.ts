import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

const UUID = /^[0-9a-f-]{36}$/;

function withPool(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p2 8; rbd pool init p2');
  return machine;
}

test('MI4: a token has what another cluster needs, and stays the same; this cluster refuses its own', () => {
  const machine = withPool();
  expect(machine.run('rbd mirror pool peer bootstrap create p2').err).toBe('rbd: mirroring not enabled on the pool\n');
  machine.must('rbd mirror pool enable p2 image --site-name west');
  const token = machine.must('rbd mirror pool peer bootstrap create p2');
  const said: Record<string, string> = JSON.parse(Buffer.from(token, 'base64').toString());
  expect(said).toEqual({
    fsid: machine.must('ceph fsid').trim(),
    client_id: 'rbd-mirror-peer',
    key: machine.must('ceph auth get-key client.rbd-mirror-peer'),
    mon_host: '[v2:127.0.0.1:3300/0,v1:127.0.0.1:6789/0]',
  });
  expect(said.key).toMatch(/^Ag[A-Za-z0-9+/]{57}=$/);
  expect(machine.must('rbd mirror pool peer bootstrap create --mon-host 1.2.3.4:6789 -p p2 --site-name east')).toBe(
    token,
  );
  expect(machine.must('ceph auth ls')).toBe(
    `client.rbd-mirror-peer\n\tkey: ${said.key}\n\tcaps: [mon] profile rbd-mirror-peer\n\tcaps: [osd] profile rbd\n`,
  );
  expect(machine.must('rbd mirror pool info p2')).toMatch(
    /^Mode: image\nSite Name: east\nMirror UUID: [0-9a-f-]{36}\nRemote Namespace: \n\nPeer Sites: none\n$/,
  );
  machine.must(`echo ${token.trim()} > tok; echo abc > bad; echo eyJmc2lkIjoiMSJ9Cg== > worse`);
  const invalid = { code: 22, out: '', err: 'rbd: failed to import peer bootstrap token: (22) Invalid argument\n' };
  for (const file of ['tok', 'bad', 'worse'])
    expect(machine.run(`rbd mirror pool peer bootstrap import p2 ${file}`)).toEqual(invalid);
  expect(machine.run('cat tok | rbd mirror pool peer bootstrap import p2 - --direction rx-only')).toEqual(invalid);
  const elsewhere = Buffer.from(JSON.stringify({ ...said, mon_host: '10.0.0.1' })).toString('base64');
  machine.must(`echo ${elsewhere} > other`);
  expect(machine.run('rbd mirror pool peer bootstrap import p2 other').err).toBe(
    'rbd: failed to import peer bootstrap token: (110) Connection timed out\n',
  );
  const wrong: readonly (readonly [string, number, string])[] = [
    ['p2', 22, 'rbd: token path was not specified\n'],
    ['p2 nope', 2, 'rbd: error opening nope: (2) No such file or directory\n'],
    ['p2 tok --direction xx', 1, "rbd: the argument for option '--direction' is invalid\n"],
  ];
  for (const [words, code, err] of wrong) {
    expect(machine.run(`rbd mirror pool peer bootstrap import ${words}`)).toEqual({ code, out: '', err });
  }
});

test('MI4: what a peer is reached by is kept with the monitors, as recorded', () => {
  const machine = withPool();
  machine.must('rbd mirror pool enable p2 image --site-name east');
  machine.must('echo thekey > kf');
  const uuid = machine
    .must('rbd mirror pool peer add p2 client.x@remote --remote-mon-host 10.0.0.1 --remote-key-file kf')
    .trim();
  expect(uuid).toMatch(UUID);
  expect(machine.must('rbd mirror pool info p2 --all')).toContain(
    `UUID: ${uuid}\nName: remote\nMirror UUID: \nDirection: rx-tx\nClient: client.x\nMon Host: 10.0.0.1\nKey: thekey\n`,
  );
  const pool = machine.cluster.connect().ioCtx('p2').poolId;
  expect(machine.must('ceph config-key ls')).toContain(`"rbd/mirror/peer/${pool}/${uuid}"`);
  const set = (words: string) => machine.run(`rbd mirror pool peer set p2 ${uuid} ${words}`);
  for (const words of ['site-name abc', 'client client.q', 'mon-host 1.2.3.4', 'direction rx-only']) {
    expect(set(words)).toEqual({ code: 0, out: '', err: '' });
  }
  expect(set('direction zz')).toEqual({ code: 22, out: '', err: 'rbd: invalid direction\n' });
  const keys = "rbd: must specify 'client', 'cluster', 'direction', 'key-file', 'mon-host', 'site-name' key.\n";
  expect(set('foo bar')).toEqual({ code: 22, out: '', err: keys });
  expect(set('client')).toEqual({ code: 0, out: '', err: 'rbd: must specify new client value.\n' });
  expect(machine.must('rbd mirror pool info p2 --all')).toContain(
    `UUID: ${uuid}\nName: abc\nDirection: rx-only\nClient: \nMon Host: 1.2.3.4\nKey: thekey\n`,
  );
  expect(JSON.parse(machine.must('rbd mirror pool info p2 --all --format json')).peers).toEqual([
    {
      uuid,
      direction: 'rx-only',
      site_name: 'abc',
      mirror_uuid: '',
      client_name: '',
      key: 'thekey',
      mon_host: '1.2.3.4',
    },
  ]);
  expect(machine.run('rbd mirror pool disable p2').code).toBe(16);
  machine.must(`rbd mirror pool peer remove p2 ${uuid}; rbd mirror pool peer remove p2 ${uuid}`);
  expect(machine.must('ceph config-key ls')).not.toContain('rbd/mirror/peer/');
});

test('MI4: a namespace is mirrored for itself, under a name of its own at the peer', () => {
  const machine = withPool();
  machine.must('rbd mirror pool enable p2 image; rbd namespace create p2/ns');
  machine.must('rbd mirror pool enable p2/ns image --remote-namespace other');
  const uuid = /Mirror UUID: (\S+)/.exec(machine.must('rbd mirror pool info p2'))?.[1] ?? '';
  expect(machine.must('rbd mirror pool info p2/ns')).toBe(
    `Mode: image\nMirror UUID: ${uuid}\nRemote Namespace: other\n\n`,
  );
  expect(machine.must('rbd mirror pool info p2/ns --format json')).toBe(
    `{"mode":"image","mirror_uuid":"${uuid}","remote_namespace":"other"}\n`,
  );
  const refused = { code: 22, out: '', err: 'rbd: failed to set the remote namespace: (22) Invalid argument\n' };
  expect(machine.run('rbd mirror pool enable p2/ns image --remote-namespace third')).toEqual(refused);
  expect(machine.run('rbd mirror pool enable p2 image --remote-namespace third')).toEqual(refused);
  machine.must('rbd mirror pool disable p2/ns');
  expect(machine.run('rbd mirror pool enable p2/ns init-only')).toEqual({ code: 22, out: '', err: '' });
  expect(machine.must('rbd mirror pool info p2/ns')).toBe('Mode: disabled\n');
});

test('MI4: in mode pool every image with a journal is mirrored, and none is once the pool is not', () => {
  const machine = withPool();
  machine.must('rbd create p2/j --size 1M --image-feature exclusive-lock,journaling; rbd create p2/i --size 1M');
  machine.must('rbd mirror pool enable p2 pool');
  expect(machine.must('rbd info p2/j')).toContain('mirroring mode: journal');
  expect(machine.must('rbd info p2/i')).not.toContain('mirroring mode');
  machine.must('rbd mirror pool disable p2');
  expect(machine.must('rbd info p2/j')).not.toContain('mirroring mode');
});

test('MI2: of an image that leads, its mirror snapshots are told', () => {
  const machine = withPool();
  machine.must('rbd mirror pool enable p2 image; rbd create p2/i --size 1M');
  const peer = machine.must('rbd mirror pool peer add p2 client.x@remote').trim();
  machine.must('rbd mirror image enable p2/i snapshot');
  expect(machine.must('rbd mirror image status p2/i')).toMatch(
    new RegExp(
      ` {2}last_update: \n {2}snapshots:\n {4}\\d+ \\.mirror\\.primary\\.\\S+ \\(peer_uuids:\\[${peer}\\]\\)\n$`,
    ),
  );
  expect(JSON.parse(machine.must('rbd mirror image status p2/i --format json')).snapshots).toMatchObject([
    { demoted: false, mirror_peer_uuids: [peer] },
  ]);
  machine.must('rbd mirror image demote p2/i');
  expect(machine.must('rbd mirror image status p2/i')).not.toContain('snapshots:');
});

test('MI1: an image can be made to lead by force; how it is mirrored is told by a name that there is', () => {
  const machine = withPool();
  machine.must('rbd mirror pool enable p2 image; rbd create p2/i --size 1M --image-feature exclusive-lock,journaling');
  expect(machine.run('rbd mirror image enable p2/i xx').err).toBe('rbd: invalid mode name: xx\n');
  machine.must('rbd mirror image enable p2/i; rbd mirror image demote p2/i');
  expect(machine.must('rbd journal status --pool p2 --image i')).toContain(
    '[positions=[[object_number=0, tag_tid=2, entry_tid=0]]]',
  );
  machine.must('rbd mirror image promote --force p2/i; rbd resize p2/i --size 2M');
  expect(machine.must('rbd journal status --pool p2 --image i')).toContain(
    '[positions=[[object_number=1, tag_tid=4, entry_tid=1], [object_number=0, tag_tid=4, entry_tid=0]]]',
  );
});

test('there is no mirroring of groups in 20.2', () => {
  const { code, err } = withPool().run('rbd mirror group enable p2/g');
  expect({ code, err: err.split('\n')[0] }).toEqual({
    code: 1,
    err: "error: unknown option 'mirror group enable p2/g'",
  });
});

test('MI4: what is wrong with a peer is told before the pool is opened', () => {
  const machine = withPool();
  machine.must('rbd mirror pool enable p2 image');
  const wrong: readonly (readonly [string, number, string])[] = [
    ['add nopool', 22, 'rbd: remote cluster was not specified\n'],
    ['add nopool client.x@', 22, "rbd: invalid spec 'client.x@'\n"],
    ['add nopool x@remote', 22, "rbd: invalid spec 'x@remote'\n"],
    ['add nopool remote --remote-key-file nofile', 22, 'rbd: failed to open nofile\n'],
    ['add nopool remote', 2, "rbd: error opening pool 'nopool': (2) No such file or directory\n"],
    ['add p2 ceph', 22, 'rbd: error adding mirror peer: (22) Invalid argument\n'],
    ['remove p2', 22, 'rbd: must specify peer uuid\n'],
  ];
  for (const [words, code, err] of wrong) {
    expect(machine.run(`rbd mirror pool peer ${words}`), words).toEqual({ code, out: '', err });
  }
  // A spec goes before the options.
  machine.must('rbd mirror pool peer add p2 client.y@west --remote-cluster east --remote-client-name client.z');
  expect(machine.must('rbd mirror pool info p2')).toMatch(/Name: west\n.*Client: client\.y\n/s);
  machine.must('rbd mirror pool disable p2 || ceph osd pool create p3 8; rbd pool init p3');
  expect(machine.run('rbd mirror pool peer remove p3 6f1f0c1a-0000-4000-8000-000000000000')).toEqual({
    code: 22,
    out: '',
    err: 'rbd: mirroring not enabled on the pool\n',
  });
});
