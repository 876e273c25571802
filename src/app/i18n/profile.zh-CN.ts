import type { ProfileMessages } from './profile.en.ts';

/** 集群的几种样子，中文。 */
export const profileZhCn: ProfileMessages = {
  legend: '像哪个版本的 Ceph',
  names: { tentacle: 'Tentacle，20.2', pacific: 'Pacific，16.2', classic: '经典版，2014、2015 年文章里的样子' },
  notes: {
    tentacle: '现在的 Ceph，用 BlueStore。',
    pacific: 'FileStore：每个对象是 OSD 上的一个文件。新镜像只有 layering 特性。',
    classic: 'FileStore，镜像默认是 format 1，输出和 Firefly 时一样。',
  },
};
