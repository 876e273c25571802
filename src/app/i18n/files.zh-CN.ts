import type { FilesMessages } from './files.en.ts';
import { formatBytes } from './format.ts';

/** 模拟机器里的文件，中文。 */
export const filesZhCn: FilesMessages = {
  title: '文件',
  intro: '模拟机器里的文件，命令就在这里找到它们。除非你自己保存，什么都不会离开这个页面。',
  none: '还没有文件。在这里选择，拖到页面上，或用命令生成：导出的镜像也是文件。',
  choose: '添加文件…',
  save: (path) => `保存 ${path}`,
  saveShort: '保存',
  tooLarge: (limit) => `太大，不能保存：超过 ${formatBytes(limit)}。`,
  asImage: '变成镜像：',
  export: '把镜像变成文件：',
};
