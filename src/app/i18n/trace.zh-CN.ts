import { formatBytes } from './format.ts';
import type { TraceMessages } from './trace.en.ts';

const n = (count: number): string => count.toLocaleString('en');
const osds = (ids: readonly number[]): string => ids.map((id) => `osd.${id}`).join('、');

/** 每个操作所走的路，中文。 */
export const traceZhCn: TraceMessages = {
  title: '每个操作走过的路',
  loading: '正在取出这些路…',
  none: '这条命令没有任何操作到达 OSD。',
  counts: {
    reads: (count) => `${n(count)} 次读`,
    writes: (count) => `${n(count)} 次写`,
    recovered: (count) => `补齐 ${n(count)} 份`,
    trimmed: (count) => `${n(count)} 次快照清理`,
    requests: (count) => `${n(count)} 个请求`,
    refused: (count) => `${n(count)} 个被拒绝`,
    none: '没有移动内容',
    byOsds: 'OSD 自己完成，没有客户端请求',
    copiedUp: (bytes) => `${bytes} 从父镜像复制上来（copy-up）`,
    wanted: (bytes) => `要写的是 ${bytes}`,
    network: '经过网络',
    diskRead: '从磁盘读取',
    diskWritten: '写入磁盘',
    byReads: (count) => `共 ${n(count)} 次磁盘读`,
    byWrites: (count) => `共 ${n(count)} 次磁盘写`,
    amplification: '写放大',
    amplificationIs: '每个要写的字节让磁盘写了多少字节',
    clones: (count) => `${n(count)} 个克隆对象`,
    shared: (bytes) => `为快照保留：共享 ${bytes}，没有复制`,
    rmw: (count) => `${n(count)} 次读-改-写`,
    rmwIs: '写之前先读出条带（stripe）',
    decoded: (count) => `${n(count)} 个分片`,
    decodedIs: '由其他分片算出',
  },
  filter: '显示',
  content: '内容',
  all: '全部',
  kinds: {
    read: '读',
    write: '写',
    copyup: 'Copy-up',
    remove: '删除',
    meta: '元数据',
    list: '列举',
    refused: '被拒绝',
    recovery: '恢复',
    trim: '快照清理',
  },
  shown: (shown, all) => `单独显示其中 ${n(shown)} 个，共 ${n(all)} 个；统计包含全部。`,
  list: '操作',
  nth: (nth) => `#${n(nth)}`,
  picture: (name, pgid) => `${name} 经 PG ${pgid} 走过的路`,
  inWords: '用文字说',
  onStage: (oid) => `在舞台上显示 ${oid}`,
  hash: '哈希',
  epoch: 'epoch',
  request: '请求',
  roles: {
    primary: '主 OSD',
    replica: '副本',
    shard: '分片',
    backfill: 'backfill',
    source: '有这个对象',
    target: '缺这个对象',
  },
  diskReads: (bytes) => `读 ${bytes}`,
  diskWrites: (bytes) => `写 ${bytes}`,
  diskIdle: '磁盘没有动',
  notes: {
    clone: (snap, bytes) => `克隆 ${snap} 保留 ${bytes}（共享）`,
    stripes: (bytes) => `先读出 ${bytes} 的条带`,
    decoded: (shards) => `分片 ${shards} 由计算得出`,
  },
  step: (step) => {
    switch (step.step) {
      case 'place': {
        const { oid, pgid, epoch, cause } = step.trace;
        const name = `名字 ${oid} 的哈希是 ${step.hash}，也就是放置组 PG ${pgid}。`;
        return `${name}按 epoch ${epoch} 的 map，${cause === 'client' ? '这条路经过' : '由 OSD 自己完成：'} ${osds(step.osds)}。`;
      }
      case 'list':
        return `客户端要 PG ${step.trace.pgid} 的对象列表；不对名字做哈希。`;
      case 'send':
        return step.bytes === 0
          ? `客户端向主 OSD osd.${step.to} 发出请求。`
          : `客户端把 ${formatBytes(step.bytes)} 发给主 OSD osd.${step.to}。`;
      case 'copyup':
        return step.changedBytes === 0
          ? '全部是 copy-up：父镜像中这个对象的内容。'
          : `一个请求里有两次写：先写从父镜像复制上来的 ${formatBytes(step.copiedBytes)}，再写要改的 ${formatBytes(step.changedBytes)}。`;
      case 'refuse':
        return `osd.${step.osd} 回答 ${step.error}；什么都没有改变。`;
      case 'gather':
        return `osd.${step.osd} 让人读出 ${formatBytes(step.bytes)}：${step.from.map(({ osd, shard }) => (shard === null ? `osd.${osd}` : `osd.${osd} 上的分片 ${shard}`)).join('、')}。`;
      case 'decode':
        return `分片 ${step.shards.join('、')} 不在：由其他分片算出。`;
      case 'clone':
        return `快照之后的第一次写：原来的对象成为克隆 ${step.snap}。BlueStore 让两者共享这 ${formatBytes(step.bytes)}，一个字节也没有复制。`;
      case 'read':
        return `osd.${step.osd} 从磁盘读 ${formatBytes(step.bytes)}。`;
      case 'write':
        return step.shards
          ? `${osds(step.osds)} 各写自己的分片：整条带中的 ${formatBytes(step.bytes)}。`
          : `${osds(step.osds)} 各写 ${formatBytes(step.bytes)}。`;
      case 'log':
        return `同时各自在 PG 日志里写 ${step.entries} 条，直到 ${step.version}。`;
      case 'trim':
        return `不再服务任何快照的克隆被清理：${step.clones}。`;
      case 'push':
        return step.from === step.to
          ? `osd.${step.to} 自己留下 ${formatBytes(step.bytes)}：又有这个对象了。`
          : `osd.${step.from} 把 ${formatBytes(step.bytes)} 发给 osd.${step.to}，它又有这个对象了。`;
      case 'answer':
        return step.bytes === 0
          ? '全部答复之后，主 OSD 向客户端确认。'
          : `主 OSD 把 ${formatBytes(step.bytes)} 答给客户端。`;
    }
  },
  byKind: '按种类',
  byObject: '按对象',
  columns: {
    kind: '种类',
    object: '对象',
    ops: '操作数',
    network: '网络',
    diskRead: '磁盘读',
    diskWritten: '磁盘写',
  },
  moreObjects: (count) => `另有 ${n(count)} 个对象`,
  simplified: '统计的是内容的字节，以及写入的键和值；不包括 onode、日志条目、RocksDB 和消息头。',
  counters: '全部计数',
  events: '按顺序发生的事',
};
