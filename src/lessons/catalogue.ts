import type { InLanguages, Lesson } from './lesson.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly title: InLanguages;
  readonly summary: InLanguages;
  /** Loads the lesson: its words come only when someone takes it. */
  load(): Promise<Lesson>;
}

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: 'life-of-an-image',
    title: { en: 'The life of an image', 'zh-CN': '一个镜像的一生' },
    summary: {
      en: 'Pool, image, thin provisioning, a write, where an object is, snapshot, copy-on-write, protect, clone, copy-up, flatten, removal.',
      'zh-CN': '存储池、镜像、精简配置、写入、对象在哪里、快照、写时复制、保护、克隆、copy-up、扁平化、删除。',
    },
    load: () => import('./image-life/image-life.ts').then((module) => module.imageLife),
  },
  {
    id: 'instant-vms',
    title: { en: 'Servers in seconds: OpenStack on Ceph', 'zh-CN': '秒级创建云主机：OpenStack 与 Ceph' },
    summary: {
      en: 'An image of Glance, clones as disks of servers, copy-up, a server saved as an image, leftovers, flatten.',
      'zh-CN': 'Glance 镜像、作为云主机磁盘的克隆、copy-up、给云主机做快照、残留、扁平化。',
    },
    load: () => import('./instant-vms/instant-vms.ts').then((module) => module.instantVms),
  },
  {
    id: 'an-osd-dies',
    title: { en: 'An OSD dies', 'zh-CN': '一个 OSD 坏了' },
    summary: {
      en: 'Down, degraded, recovery, out, backfill, a write that waits for min_size, power failures, maintenance with noout.',
      'zh-CN': 'down、degraded、恢复、out、回填、因 min_size 而等待的命令、断电、用 noout 做维护。',
    },
    load: () => import('./osd-dies/osd-dies.ts').then((module) => module.osdDies),
  },
];
