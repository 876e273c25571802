import type { Lesson } from '../lesson.ts';
import wordsEn from './instant-vms.en.md?raw';
import wordsZhCn from './instant-vms.zh-CN.md?raw';

const ROOM = '[1-9]\\d*(?:\\.\\d)? [KM]iB';

/** What OpenStack asks of RBD when a server is started, saved and removed within seconds, and what is left behind. */
export const instantVms: Lesson = {
  id: 'instant-vms',
  title: { en: 'Servers in seconds: OpenStack on Ceph', 'zh-CN': '秒级创建云主机：OpenStack 与 Ceph' },
  summary: {
    en: 'Why servers and their snapshots take seconds, and what has to be tidied up later.',
    'zh-CN': '云主机和快照为什么只要几秒，事后又要清理什么。',
  },
  words: { en: wordsEn, 'zh-CN': wordsZhCn },
  steps: [
    {
      id: 'glance',
      commands: [
        'ceph osd pool create images 16 && rbd pool init images',
        'ceph osd pool create vms 16 && rbd pool init vms',
        'head -c 24M /dev/urandom > cirros.raw',
        'rbd import cirros.raw images/cirros',
        'rbd info images/cirros',
      ],
      goals: [
        {
          name: { en: 'the image cirros lies in the pool images', 'zh-CN': '存储池 images 里有镜像 cirros' },
          probe: 'rbd info images/cirros',
          expect: { exitCode: 0, has: 'size 24 MiB in 6 objects' },
        },
        {
          name: { en: 'there is a pool vms for the disks of servers', 'zh-CN': '有一个给云主机磁盘用的存储池 vms' },
          probe: 'ceph osd pool ls detail',
          expect: { exitCode: 0, has: "^pool \\d+ 'vms' .*application rbd" },
        },
      ],
      solution: [
        'ceph osd pool create images 16 && rbd pool init images',
        'ceph osd pool create vms 16 && rbd pool init vms',
        'head -c 24M /dev/urandom > cirros.raw',
        'rbd import cirros.raw images/cirros',
      ],
    },
    {
      id: 'snap',
      commands: [
        'rbd snap create images/cirros@snap',
        'rbd snap protect images/cirros@snap',
        'rbd snap ls images/cirros',
      ],
      goals: [
        {
          name: { en: 'images/cirros@snap is protected', 'zh-CN': 'images/cirros@snap 受到保护' },
          probe: 'rbd snap ls images/cirros',
          expect: { exitCode: 0, has: '^\\s*\\d+\\s+snap\\s.*\\syes\\s' },
        },
      ],
      solution: ['rbd snap create images/cirros@snap', 'rbd snap protect images/cirros@snap'],
    },
    {
      id: 'boot',
      commands: ['rbd clone images/cirros@snap vms/vm1_disk', 'rbd info vms/vm1_disk', 'rbd du vms/vm1_disk'],
      goals: [
        {
          name: {
            en: 'vms/vm1_disk is a clone of images/cirros@snap',
            'zh-CN': 'vms/vm1_disk 是 images/cirros@snap 的克隆',
          },
          probe: 'rbd info vms/vm1_disk',
          expect: { exitCode: 0, has: '^\\s*parent: images/cirros@snap$' },
        },
      ],
      solution: ['rbd clone images/cirros@snap vms/vm1_disk'],
    },
    {
      id: 'many',
      commands: ['for i in 2 3 4; do rbd clone images/cirros@snap vms/vm${i}_disk; done', 'rbd du -p vms', 'ceph df'],
      goals: [
        {
          name: { en: 'four servers have a disk', 'zh-CN': '四台云主机有了磁盘' },
          probe: 'rbd children images/cirros@snap',
          expect: { exitCode: 0, has: 'vm1_disk[^]*vm2_disk[^]*vm3_disk[^]*vm4_disk' },
        },
      ],
      solution: ['for i in 2 3 4; do rbd clone images/cirros@snap vms/vm${i}_disk; done'],
    },
    {
      id: 'runs',
      commands: [
        'rbd map vms/vm1_disk',
        'dd if=/dev/urandom of=/dev/rbd0 bs=4K seek=300 count=1',
        'rbd du vms/vm1_disk',
      ],
      goals: [
        {
          name: { en: 'vm1_disk has an object of its own', 'zh-CN': 'vm1_disk 有了自己的对象' },
          probe: 'rbd du vms/vm1_disk',
          expect: { exitCode: 0, has: `^vm1_disk\\s+24 MiB\\s+${ROOM}` },
        },
      ],
      solution: ['rbd map vms/vm1_disk', 'dd if=/dev/urandom of=/dev/rbd0 bs=4K seek=300 count=1'],
    },
    {
      id: 'save',
      commands: [
        'rbd snap create vms/vm1_disk@save',
        'rbd snap protect vms/vm1_disk@save',
        'rbd clone vms/vm1_disk@save images/vm1_saved',
        'rbd info images/vm1_saved',
      ],
      goals: [
        {
          name: {
            en: 'images/vm1_saved is a clone of what vm1 was',
            'zh-CN': 'images/vm1_saved 是 vm1 当时状态的克隆',
          },
          probe: 'rbd info images/vm1_saved',
          expect: { exitCode: 0, has: '^\\s*parent: vms/vm1_disk@save$' },
        },
      ],
      solution: [
        'rbd snap create vms/vm1_disk@save',
        'rbd snap protect vms/vm1_disk@save',
        'rbd clone vms/vm1_disk@save images/vm1_saved',
      ],
    },
    {
      id: 'delete',
      commands: ['rbd unmap /dev/rbd0', 'rbd rm vms/vm1_disk', 'rbd children vms/vm1_disk@save', 'rbd rm vms/vm2_disk'],
      goals: [
        {
          name: { en: 'vm2 is gone without a trace', 'zh-CN': 'vm2 删得干干净净' },
          probe: 'rbd ls vms',
          expect: { exitCode: 0, lacks: '^vm2_disk$' },
        },
        {
          name: { en: 'nobody uses vm1_disk any more', 'zh-CN': '没有谁再使用 vm1_disk' },
          probe: 'rbd status vms/vm1_disk',
          expect: { exitCode: 0, has: 'Watchers: none' },
        },
      ],
      solution: ['rbd unmap /dev/rbd0', 'rbd rm vms/vm2_disk'],
    },
    {
      id: 'flatten',
      commands: [
        'rbd flatten images/vm1_saved',
        'rbd snap unprotect vms/vm1_disk@save',
        'rbd snap rm vms/vm1_disk@save',
        'rbd rm vms/vm1_disk',
      ],
      goals: [
        {
          name: { en: 'images/vm1_saved needs no parent', 'zh-CN': 'images/vm1_saved 不再需要父镜像' },
          probe: 'rbd info images/vm1_saved',
          expect: { exitCode: 0, lacks: '^\\s*parent:' },
        },
        {
          name: { en: 'what was left of vm1 is gone', 'zh-CN': 'vm1 的残留已清除' },
          probe: 'rbd ls vms',
          expect: { exitCode: 0, lacks: '^vm1_disk$' },
        },
      ],
      solution: [
        'rbd flatten images/vm1_saved',
        'rbd snap unprotect vms/vm1_disk@save',
        'rbd snap rm vms/vm1_disk@save',
        'rbd rm vms/vm1_disk',
      ],
    },
    {
      id: 'retire',
      commands: [
        'rbd children images/cirros@snap',
        'rbd flatten vms/vm3_disk && rbd flatten vms/vm4_disk',
        'rbd snap unprotect images/cirros@snap',
        'rbd snap purge images/cirros',
        'rbd rm images/cirros',
      ],
      goals: [
        {
          name: { en: 'the image cirros is gone', 'zh-CN': '镜像 cirros 已删除' },
          probe: 'rbd ls images',
          expect: { exitCode: 0, lacks: '^cirros$' },
        },
        {
          name: { en: 'vm3 and vm4 have all their data still', 'zh-CN': 'vm3 和 vm4 的数据都还在' },
          probe:
            'rbd ls images && rbd export vms/vm3_disk - | cmp - cirros.raw && rbd ls images | grep -c cirros || true',
          expect: { exitCode: 0, has: '^0$' },
        },
      ],
      solution: [
        'rbd flatten vms/vm3_disk && rbd flatten vms/vm4_disk',
        'rbd snap unprotect images/cirros@snap',
        'rbd snap purge images/cirros',
        'rbd rm images/cirros',
      ],
    },
  ],
};
