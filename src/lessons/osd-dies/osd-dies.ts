import type { Lesson } from '../lesson.ts';
import wordsEn from './osd-dies.en.md?raw';
import wordsZhCn from './osd-dies.zh-CN.md?raw';

/** What a cluster does when disks and hosts fail, and what it asks of the people who look after it. */
export const osdDies: Lesson = {
  id: 'an-osd-dies',
  title: { en: 'An OSD dies', 'zh-CN': '一个 OSD 坏了' },
  summary: {
    en: 'From a healthy cluster through failures and back, without losing a byte.',
    'zh-CN': '从健康的集群经历几次故障再回来，一个字节也不丢。',
  },
  words: { en: wordsEn, 'zh-CN': wordsZhCn },
  steps: [
    {
      id: 'data',
      commands: [
        'ceph osd pool create data 16',
        'ceph osd pool application enable data demo',
        'head -c 1M /dev/urandom > file',
        'for i in 1 2 3 4 5 6 7 8; do rados -p data put object$i file; done',
        'ceph -s',
      ],
      goals: [
        {
          name: { en: 'eight objects lie in the pool data', 'zh-CN': '存储池 data 里有八个对象' },
          probe: 'rados -p data stat object8',
          expect: { exitCode: 0, has: 'data/object8 ' },
        },
        {
          name: { en: 'the cluster is healthy', 'zh-CN': '集群健康' },
          probe: 'ceph health && rados -p data stat object8',
          expect: { exitCode: 0, has: '^HEALTH_OK' },
        },
      ],
      solution: [
        'ceph osd pool create data 16',
        'ceph osd pool application enable data demo',
        'head -c 1M /dev/urandom > file',
        'for i in 1 2 3 4 5 6 7 8; do rados -p data put object$i file; done',
      ],
    },
    {
      id: 'dies',
      commands: ['systemctl kill -s KILL ceph-osd@3', 'sleep 30', 'ceph osd tree', 'ceph health detail'],
      goals: [
        {
          name: { en: 'osd.3 is down', 'zh-CN': 'osd.3 为 down' },
          probe: 'ceph osd tree',
          expect: { exitCode: 0, has: 'osd\\.3\\s+down' },
        },
      ],
      solution: ['systemctl kill -s KILL ceph-osd@3', 'sleep 30'],
    },
    {
      id: 'goes-on',
      commands: [
        'rados -p data put late file',
        'rados -p data put object1 file',
        'ceph pg stat',
        'ceph pg ls degraded',
      ],
      goals: [
        {
          name: {
            en: 'an object named late was written while osd.3 is down',
            'zh-CN': 'osd.3 不在时写入了名为 late 的对象',
          },
          probe: 'ceph osd tree && rados -p data stat late',
          expect: { exitCode: 0, has: 'data/late ' },
        },
      ],
      solution: ['rados -p data put late file'],
    },
    {
      id: 'comes-back',
      commands: ['systemctl start ceph-osd@3', 'ceph pg stat', 'ceph -s'],
      goals: [
        {
          name: { en: 'osd.3 is up, and all PGs are active+clean', 'zh-CN': 'osd.3 已恢复，所有 PG 都是 active+clean' },
          probe: 'ceph osd stat && ceph pg stat',
          expect: { exitCode: 0, has: '^9 osds: 9 up[^]*^17 pgs: 17 active\\+clean' },
        },
      ],
      solution: ['systemctl start ceph-osd@3', 'sleep 30'],
    },
    {
      id: 'out',
      commands: ['systemctl kill -s KILL ceph-osd@3', 'sleep 11m', 'ceph osd tree', 'ceph -s'],
      goals: [
        {
          name: { en: 'osd.3 is down and out', 'zh-CN': 'osd.3 为 down 且 out' },
          probe: 'ceph osd tree',
          expect: { exitCode: 0, has: 'osd\\.3\\s+down\\s+0\\s' },
        },
        {
          name: { en: 'all PGs are active+clean without it', 'zh-CN': '没有它，所有 PG 也是 active+clean' },
          probe: 'ceph osd stat && ceph pg stat',
          expect: { exitCode: 0, has: '^9 osds: 8 up[^]*^17 pgs: 17 active\\+clean' },
        },
      ],
      solution: ['systemctl kill -s KILL ceph-osd@3', 'sleep 11m', 'sleep 60'],
    },
    {
      id: 'two-hosts',
      commands: [
        'sim power-off ceph2',
        'sleep 30',
        'systemctl stop ceph-osd@6 ceph-osd@7 ceph-osd@8',
        'sleep 2m',
        'ceph health detail',
        'rados -p data get object1 copy',
      ],
      goals: [
        {
          name: { en: 'some PGs cannot be read or written', 'zh-CN': '有的 PG 不能读写' },
          probe: 'ceph health detail',
          expect: { exitCode: 0, has: 'PG_AVAILABILITY' },
        },
      ],
      solution: ['sim power-off ceph2', 'sleep 30', 'systemctl stop ceph-osd@6 ceph-osd@7 ceph-osd@8', 'sleep 2m'],
    },
    {
      id: 'power',
      commands: [
        'systemctl start ceph-osd@6 ceph-osd@7 ceph-osd@8',
        'sim power-on ceph2',
        'ceph osd in 3',
        'ceph -s',
        'rados -p data get object1 copy',
        'cmp file copy',
      ],
      goals: [
        {
          name: { en: 'every PG is active+clean again', 'zh-CN': '所有 PG 又都是 active+clean' },
          probe: 'ceph pg stat',
          expect: { exitCode: 0, has: '^17 pgs: 17 active\\+clean' },
        },
        {
          name: { en: 'object1 is what it was', 'zh-CN': 'object1 和原来一样' },
          probe: 'rados -p data get object1 copy && cmp file copy && ceph health',
          expect: { exitCode: 0, has: '^HEALTH_OK' },
        },
      ],
      solution: ['systemctl start ceph-osd@6 ceph-osd@7 ceph-osd@8', 'sim power-on ceph2', 'ceph osd in 3', 'sleep 2m'],
    },
    {
      id: 'maintenance',
      commands: ['ceph osd set noout', 'sim power-off ceph1', 'sleep 11m', 'ceph osd tree', 'ceph -s'],
      goals: [
        {
          name: {
            en: 'the three OSDs of ceph1 are down for ten minutes and still in',
            'zh-CN': 'ceph1 的三个 OSD 停了十分钟，但仍为 in',
          },
          probe: 'ceph osd tree',
          expect: { exitCode: 0, has: '(?:osd\\.[012]\\s+down\\s+1\\.00000[^]*){3}' },
        },
      ],
      solution: ['ceph osd set noout', 'sim power-off ceph1', 'sleep 11m'],
    },
    {
      id: 'end',
      commands: ['sim power-on ceph1', 'ceph osd unset noout', 'ceph -s'],
      goals: [
        {
          name: {
            en: 'HEALTH_OK: nine OSDs up, and no flag is left',
            'zh-CN': 'HEALTH_OK：九个 OSD 都在，没有遗留标志',
          },
          probe: 'ceph osd stat && ceph health',
          expect: { exitCode: 0, has: '^9 osds: 9 up[^]*^HEALTH_OK' },
        },
      ],
      solution: ['sim power-on ceph1', 'ceph osd unset noout', 'sleep 60'],
    },
  ],
};
