import type { Lesson } from '../lesson.ts';
import wordsEn from './image-life.en.md?raw';
import wordsZhCn from './image-life.zh-CN.md?raw';

/** The story of one image, from its pool to its removal. */
export const imageLife: Lesson = {
  id: 'life-of-an-image',
  title: { en: 'The life of an image', 'zh-CN': '一个镜像的一生' },
  summary: {
    en: 'From an empty cluster to a clone that stands on its own.',
    'zh-CN': '从空集群，到一个独立的克隆。',
  },
  words: { en: wordsEn, 'zh-CN': wordsZhCn },
  steps: [
    {
      id: 'pool',
      commands: ['ceph -s', 'ceph osd pool create pool100 64 64', 'rbd pool init pool100', 'ceph osd pool ls detail'],
      goals: [
        {
          name: { en: 'a pool named pool100', 'zh-CN': '有一个名为 pool100 的存储池' },
          probe: 'ceph osd pool ls',
          expect: { exitCode: 0, has: '^pool100$' },
        },
        {
          name: { en: 'it is marked for use by rbd', 'zh-CN': '它已标记为给 rbd 使用' },
          probe: 'ceph osd pool ls detail',
          expect: { exitCode: 0, has: "^pool \\d+ 'pool100' .*application rbd" },
        },
      ],
      solution: ['ceph osd pool create pool100 64 64', 'rbd pool init pool100'],
    },
    {
      id: 'image',
      commands: ['rbd create pool100/image1 --size 64M', 'rbd info pool100/image1', 'rados -p pool100 ls'],
      goals: [
        {
          name: { en: 'an image pool100/image1 of 64 MiB', 'zh-CN': '有一个 64 MiB 的镜像 pool100/image1' },
          probe: 'rbd info pool100/image1',
          expect: { exitCode: 0, has: 'size 64 MiB in 16 objects' },
        },
      ],
      solution: ['rbd create pool100/image1 --size 64M'],
    },
    {
      id: 'thin',
      commands: ['rbd create pool100/huge --size 100G', 'rbd du pool100/huge', 'ceph df'],
      goals: [
        {
          name: {
            en: 'an image pool100/huge of 100 GiB that holds nothing',
            'zh-CN': '镜像 pool100/huge 有 100 GiB，却什么也没存',
          },
          probe: 'rbd du pool100/huge',
          expect: { exitCode: 0, has: '^huge\\s+100 GiB\\s+0 B' },
        },
      ],
      solution: ['rbd create pool100/huge --size 100G'],
    },
    {
      id: 'write',
      commands: [
        'rbd map pool100/image1',
        'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2',
        'rbd du pool100/image1',
        'rados -p pool100 ls',
      ],
      goals: [
        {
          name: { en: 'at least two objects of image1 hold data', 'zh-CN': 'image1 至少有两个对象存了数据' },
          probe: 'rbd du pool100/image1',
          expect: { exitCode: 0, has: '^image1\\s+64 MiB\\s+(?:8|9|[1-6]\\d)(?:\\.\\d)? MiB' },
        },
      ],
      solution: ['rbd map pool100/image1', 'dd if=/dev/urandom of=/dev/rbd0 bs=4M count=2'],
    },
    {
      id: 'where',
      commands: [
        'ceph osd map pool100 note',
        'echo hello > note.txt',
        'rados -p pool100 put note note.txt',
        'ceph osd tree',
      ],
      goals: [
        {
          name: { en: 'an object named note lies in pool100', 'zh-CN': 'pool100 里有一个名为 note 的对象' },
          probe: 'rados -p pool100 stat note',
          expect: { exitCode: 0, has: 'pool100/note ' },
        },
      ],
      solution: ['echo hello > note.txt', 'rados -p pool100 put note note.txt'],
    },
    {
      id: 'snapshot',
      commands: ['rbd snap create pool100/image1@snap1', 'rbd snap ls pool100/image1', 'rbd du pool100/image1'],
      goals: [
        {
          name: { en: 'image1 has a snapshot snap1', 'zh-CN': 'image1 有一个快照 snap1' },
          probe: 'rbd snap ls pool100/image1',
          expect: { exitCode: 0, has: '^\\s*\\d+\\s+snap1\\s' },
        },
      ],
      solution: ['rbd snap create pool100/image1@snap1'],
    },
    {
      id: 'copy-on-write',
      commands: ['dd if=/dev/urandom of=/dev/rbd0 bs=4M count=1', 'rbd du pool100/image1'],
      goals: [
        {
          name: {
            en: 'image1 holds data of its own beside what snap1 keeps',
            'zh-CN': '除了 snap1 保留的，image1 又有了自己的数据',
          },
          probe: 'rbd du pool100/image1',
          expect: { exitCode: 0, has: '^image1\\s+64 MiB\\s+[1-9]\\d*(?:\\.\\d)? [KM]iB' },
        },
      ],
      solution: ['dd if=/dev/urandom of=/dev/rbd0 bs=4M count=1'],
    },
    {
      id: 'protect',
      commands: [
        'rbd snap protect pool100/image1@snap1',
        'rbd snap ls pool100/image1',
        'rbd snap rm pool100/image1@snap1',
      ],
      goals: [
        {
          name: { en: 'snap1 is protected', 'zh-CN': 'snap1 受到保护' },
          probe: 'rbd snap ls pool100/image1',
          expect: { exitCode: 0, has: '^\\s*\\d+\\s+snap1\\s.*\\syes\\s' },
        },
      ],
      solution: ['rbd snap protect pool100/image1@snap1'],
    },
    {
      id: 'clone',
      commands: [
        'rbd clone pool100/image1@snap1 pool100/clone1',
        'rbd info pool100/clone1',
        'rbd children pool100/image1@snap1',
      ],
      goals: [
        {
          name: { en: 'clone1 is a child of image1@snap1', 'zh-CN': 'clone1 是 image1@snap1 的子镜像' },
          probe: 'rbd children pool100/image1@snap1',
          expect: { exitCode: 0, has: '^pool100/clone1$' },
        },
      ],
      solution: ['rbd clone pool100/image1@snap1 pool100/clone1'],
    },
    {
      id: 'copy-up',
      commands: [
        'rbd map pool100/clone1',
        'dd if=/dev/urandom of=/dev/rbd1 bs=4K seek=1 count=1',
        'rbd du pool100/clone1',
      ],
      goals: [
        {
          name: { en: 'clone1 has an object of its own', 'zh-CN': 'clone1 有了自己的对象' },
          probe: 'rbd du pool100/clone1',
          expect: { exitCode: 0, has: '^clone1\\s+64 MiB\\s+[1-9]\\d*(?:\\.\\d)? [KM]iB' },
        },
      ],
      solution: ['rbd map pool100/clone1', 'dd if=/dev/urandom of=/dev/rbd1 bs=4K seek=1 count=1'],
    },
    {
      id: 'flatten',
      commands: ['rbd flatten pool100/clone1', 'rbd info pool100/clone1', 'rbd children pool100/image1@snap1'],
      goals: [
        {
          name: { en: 'clone1 has no parent any more', 'zh-CN': 'clone1 不再有父镜像' },
          probe: 'rbd info pool100/clone1',
          expect: { exitCode: 0, lacks: '^\\s*parent:' },
        },
      ],
      solution: ['rbd flatten pool100/clone1'],
    },
    {
      id: 'removal',
      commands: [
        'rbd rm pool100/image1',
        'rbd snap unprotect pool100/image1@snap1',
        'rbd snap rm pool100/image1@snap1',
        'rbd unmap /dev/rbd0',
        'rbd ls pool100',
      ],
      goals: [
        {
          name: { en: 'image1 is gone', 'zh-CN': 'image1 已删除' },
          probe: 'rbd ls pool100',
          expect: { exitCode: 0, lacks: '^image1$' },
        },
      ],
      solution: [
        'rbd snap unprotect pool100/image1@snap1',
        'rbd snap rm pool100/image1@snap1',
        'rbd unmap /dev/rbd0',
        'rbd rm pool100/image1',
      ],
    },
  ],
};
