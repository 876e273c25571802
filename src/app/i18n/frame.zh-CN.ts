import type { Cost } from '../../engine/base/cost.ts';
import type { EngineEvent } from '../../engine/base/events.ts';
import { formatBytes } from './format.ts';
import type { FrameMessages } from './frame.en.ts';

const n = (count: number): string => count.toLocaleString('en');

/** 页面框架的中文。Ceph 自己的输出不在这里，也不翻译。 */
export const frameZhCn = {
  languageName: '中文',
  otherLanguage: 'English',
  page: {
    tagline: '一个标签页里的 Ceph 集群',
    opening: '正在启动集群…',
    failed: '集群没能启动。',
    releases: { tentacle: 'Tentacle', pacific: 'Pacific', classic: '经典版' },
    cluster: (release: string, hosts: number, osds: number, epoch: number) =>
      `${release} · ${n(hosts)} 台主机 · ${n(osds)} 个 OSD · e${epoch}`,
    clusterTitle: 'Ceph 版本、主机数、OSD 数，以及 OSDMap 的版本号 epoch',
    toStage: '跳到舞台',
    toTerminal: '跳到终端',
    panels: '面板',
    wholePage: (panel: string) => `让“${panel}”占满整页`,
    back: '显示所有面板',
    resize: '调整这条线两侧面板的大小',
    simplified: '这里简化了什么',
    close: '关闭',
    copy: '复制',
    copied: '已复制',
    insert: (command: string) => `放进命令行：${command}`,
    drop: '松开鼠标：文件会放进模拟的机器里。内容不会离开本页。',
    dropMap: '放在这里，在地图室中打开：真实集群的 map。',
  },
  panels: {
    images: '镜像 Images',
    pgs: '放置组 PG',
    pgsShort: 'PG',
    osds: 'OSD',
    terminal: '终端',
    inspector: '检查器',
    lesson: '课程',
  },
  controls: {
    pause: '暂停',
    play: '继续',
    step: '单步',
    stepTitle: '停在下一个事件之前，然后一次走一个事件（ . ）',
    speed: '速度',
    speedTitle: '动画和长命令的速度（ + 和 - ）',
    lessons: '课程',
    files: '文件',
    share: '分享',
    maps: '地图室',
    mapsTitle: '打开真实集群的 map',
    theme: '外观',
    themeSystem: '跟随系统',
    themeDark: '深色',
    themeLight: '浅色',
    highContrast: '高对比度',
    projector: '投影（大字）',
    help: '按键与帮助',
    more: '更多',
    palette: '页面命令',
    newCluster: '新建集群…',
    running: (line: string) => `正在运行：${line}`,
    blocked: (line: string) => `正在等待：${line}`,
    pausedAt: '已暂停。点“单步”一次走一个事件。',
  },
  terminal: {
    subtitle: '真实的命令：ceph · rados · rbd',
    label: '终端。按 Esc 离开。',
    plainLabel: '命令行（普通输入框）',
    plainHint: '也可以在这里输入命令',
    run: '运行',
    stop: '停止',
    complete: '补全',
    candidates: '候选',
    snippets: '按键',
    previous: '上一条命令',
    next: '下一条命令',
    log: '上一条命令的输出',
    meant: '是不是想输入：',
    why: '为什么？',
    loading: '正在载入终端…',
    welcome: '这是一个在本页里运行的 Ceph 集群，有九个 OSD。输入 `help` 看有哪些命令，或者从下面任一条开始：',
    simplified:
      '这是一个小的 shell：管道、重定向、引号、变量、for、while、if 和 bash 一样，但没有后台作业。没有的程序和选项会直说没有。',
    past: (at: number, dropped: number) =>
      `你看到的是第 ${at} 步之后的状态。在这里输入命令会从这一步重新开始，后面的 ${n(dropped)} 步会丢弃。`,
    waiting: (count: number) => `${n(count)} 行在等待`,
  },
  cost: {
    parts: (cost: Cost): string[] =>
      [
        cost.clientOps > 0 ? `${n(cost.clientOps)} 次请求` : '',
        cost.diskReads > 0 ? `${n(cost.diskReads)} 次磁盘读` : '',
        cost.copyups > 0 ? `${n(cost.copyups)} 次 copy-up` : '',
        cost.objectClones > 0 ? `${n(cost.objectClones)} 次快照复制` : '',
        cost.replicaWrites > 0 ? `${n(cost.replicaWrites)} 次副本写` : '',
        cost.networkBytes > 0 ? `网络传输 ${formatBytes(cost.networkBytes)}` : '',
        cost.epochs > 0 ? `${n(cost.epochs)} 个新的 OSDMap epoch` : '',
      ].filter((part) => part !== ''),
    title: '这些开销从哪里来？',
    command: '命令',
    exit: (code: number) => `退出码 ${code}`,
    took: (text: string) => `集群时间 ${text}`,
    counters: '统计到的',
    events: '依次发生了什么',
    noEvents: '没有碰到任何对象，也没有改动任何图。',
    notKept: '只有打开本页之后运行的命令才保留逐步的过程；上面的统计一直都在。',
    dropped: (count: number) => `另有 ${n(count)} 个事件，只计数`,
    names: {
      clientOps: '客户端发给主 OSD（primary）的请求',
      diskReads: 'OSD 存储上的读',
      diskWrites: 'OSD 存储上的写（写三个副本算三次）',
      readBytes: '从 OSD 存储读出的字节',
      writeBytes: '写入 OSD 存储的字节',
      networkBytes: '客户端、主 OSD、副本之间的字节',
      replicaWrites: '主 OSD 发给副本的事务',
      copyups: '从父镜像 parent 向上复制（copy-up）的对象',
      objectClones: '快照后首次写入时在 OSD 上克隆的对象（写时复制 copy-on-write）',
      monCommands: '发给 monitor 的请求',
      epochs: '新的 OSDMap epoch',
    },
  },
  event: (event: EngineEvent): string => {
    switch (event.type) {
      case 'mon/osdmap-published':
        return `mon：发布 OSDMap e${event.epoch}（${event.summary}）`;
      case 'mon/pool-created':
        return `mon：建立存储池 ${event.name}，编号 ${event.pool}`;
      case 'mon/pool-removed':
        return `mon：删除存储池 ${event.name}`;
      case 'osd/pg-remapped':
        return `PG ${event.pgid}：从 [${event.from.join(',')}] 到 [${event.to.join(',')}]`;
      case 'osd/object-recovered':
        return `PG ${event.pgid}：${event.oid}，${formatBytes(event.bytes)}，从 ${event.from.map((id) => `osd.${id}`).join('、')} 到 osd.${event.to}`;
      case 'osd/op-traced':
        return event.trace.reqid;
      case 'osd/pg-recovered':
        return `PG ${event.pgid}：恢复了 ${n(event.objects)} 个对象，${formatBytes(event.bytes)}`;
      case 'osd/pg-scrubbed':
        return `PG ${event.pgid}：${event.kind} ${event.errors === 0 ? '没有发现错误' : `发现 ${n(event.errors)} 个错误`}${event.repaired > 0 ? `，${n(event.repaired)} 个副本将重新生成` : ''}`;
      case 'rados/object-read':
        return `读 ${event.oid} 的 ${formatBytes(event.bytes)}（PG ${event.pgid}，osd.${event.osds[0]}）`;
      case 'rados/object-written':
        return `${event.created ? '新建' : '写入'} ${event.oid}，${formatBytes(event.bytes)}（PG ${event.pgid}，OSD ${event.osds.join('、')}）`;
      case 'rados/object-removed':
        return `删除 ${event.oid}${event.whiteout ? '，为快照留下 whiteout' : ''}（PG ${event.pgid}）`;
      case 'rados/object-cloned':
        return `写时复制 copy-on-write：OSD 把 ${event.oid} 留作克隆 ${event.clone}，给快照用，${formatBytes(event.bytes)}`;
      case 'rados/object-clone-trimmed':
        return `快照清理 snap trim：${event.oid} 的克隆 ${event.clone} 没有了`;
      case 'rados/omap-changed':
        return `${event.oid} 的 omap：${[...event.set.map((key) => `+${key}`), ...event.removed.map((key) => `−${key}`)].join('、')}`;
      case 'rbd/image-created':
        return `建立镜像 ${event.image}${event.parent === null ? '' : `，克隆自 ${event.parent}`}`;
      case 'rbd/image-removed':
        return `删除镜像 ${event.image}`;
      case 'rbd/image-resized':
        return `镜像 ${event.image} 改变大小：${formatBytes(event.from)} → ${formatBytes(event.to)}`;
      case 'rbd/snap-created':
        return `建立快照 ${event.image}@${event.snap}，编号 ${event.snapId}：没有移动任何对象`;
      case 'rbd/snap-removed':
        return `删除快照 ${event.image}@${event.snap}`;
      case 'rbd/snap-rolled-back':
        return `镜像 ${event.image} 回滚到 @${event.snap}`;
      case 'rbd/read-from-parent':
        return `${event.image} 的第 ${event.objectNo} 个对象从父镜像 ${event.parent} 读`;
      case 'rbd/copied-up':
        return `copy-up：第 ${event.objectNo} 个对象，${formatBytes(event.bytes)}，从 ${event.parent} 复制到 ${event.image}`;
      case 'rbd/progressed':
        return `${event.image} 的 ${event.operation}：${event.done} / ${event.total}`;
      case 'rbd/detached-from-parent':
        return `${event.image} 不再需要父镜像 ${event.parent}`;
    }
  },
  inspector: {
    subtitle: '选中什么，就解码什么',
    empty: '点一个格子、一个放置组 PG 或一个 OSD：它存的内容会逐字节显示在这里。',
    simplified: '字节和字段就是模拟的 OSD 所存的，按 Ceph 的编码。校验和、磁盘上的块分配没有模拟。',
    loading: '正在读取…',
    unpin: '取消固定',
  },
  timeline: {
    label: '时间线：每条命令之后的状态',
    back: '退一条命令',
    forward: '进一条命令',
    live: '最新',
    liveTitle: '回到最新的状态',
    fresh: '全新的集群',
    step: (at: number, all: number) => `第 ${at} 步，共 ${all} 步`,
    empty: '你运行的每条命令都会在这里成为一个标记。拖动就能在其间穿行。',
    failedCommand: '失败',
    changes: (count: number) => (count === 0 ? '只是查看' : `改了 ${n(count)} 条记录`),
  },
  lesson: {
    choose: '课程',
    start: '开始',
    freshFirst: '在新集群里开始',
    goOn: '就在这里继续',
    step: (at: number, all: number) => `第 ${at} 步，共 ${all} 步`,
    previous: '上一步',
    next: '下一步',
    finish: '完成',
    leave: '离开课程',
    look: '看这里',
    try: '输入（点一下就放进命令行）：',
    goals: '目标',
    done: '已达到',
    open: '还没有',
    allDone: '这一步的目标都达到了。',
    finished: '故事讲完了。集群还在：继续试吧。',
    intro: '第一次来？这门课用 12 个小步骤走完一个镜像的一生。',
  },
} satisfies FrameMessages;
