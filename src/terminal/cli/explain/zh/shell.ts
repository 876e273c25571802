import type { Explanations } from '../explain.ts';

/** Chinese for what is said of the shell, its programs and its pages. */
export const shellZh: Explanations = {
  'compares texts and numbers, looks at files': '比较文本和数字，检查文件',
  'prints the last part of a path': '打印路径的最后一部分',
  'gives blocks of a device back, or writes zeros over them': '归还设备的块，或用零覆盖',
  'tells what a block device is like': '显示块设备的属性',
  'prints files one after the other': '依次打印文件',
  'empties the screen': '清屏',
  'tells where two files begin to differ': '显示两个文件从哪里开始不同',
  'copies files': '复制文件',
  'prints some fields or characters of each line': '打印每行的某些字段或字符',
  'prints the virtual time': '打印虚拟时间',
  'copies blocks between files and devices': '在文件和设备之间复制块',
  'prints a path without its last part': '打印去掉最后一部分的路径',
  'prints its words': '打印参数',
  fails: '返回失败',
  'looks for files below directories: -name, -path, -type, -size, -maxdepth, -empty, -exec':
    '在目录下查找文件：-name、-path、-type、-size、-maxdepth、-empty、-exec',
  'gives back what the file system on a device does not use': '归还设备上文件系统不用的空间',
  'prints the lines that match a pattern': '打印与模式匹配的行',
  'prints the beginning of files': '打印文件的开头',
  'tells what there is': '说明有哪些命令',
  'shows bytes as hex digits and text': '以十六进制和文本显示字节',
  'lists files': '列出文件',
  'lists block devices': '列出块设备',
  "shows a command's page": '显示一个命令的手册页',
  'prints MD5 sums': '打印 MD5 校验和',
  'makes directories': '建立目录',
  'writes an empty ext4 file system': '写入一个空的 ext4 文件系统',
  'moves or renames files': '移动或改名文件',
  'prints its arguments in a format': '按格式打印参数',
  'removes files': '删除文件',
  'removes empty directories': '删除空目录',
  'edits lines by a script: s/OLD/NEW/, y, p, d, q, a, i, c, =, each for all lines or some':
    '按脚本编辑各行：s/OLD/NEW/、y、p、d、q、a、i、c、=，可用于所有行或某些行',
  'prints a row of numbers': '打印一串数字',
  'prints SHA-256 sums': '打印 SHA-256 校验和',
  'makes machines, cables and disks fail, or tells the road of each operation (of the sandbox, not of Ceph)':
    '让机器、网线和磁盘出故障，或显示每个操作的路径（属于沙盒，不属于 Ceph）',
  'lets virtual time pass': '让虚拟时间流逝',
  'sorts lines': '对行排序',
  'shows what is known of a file': '显示文件的信息',
  'runs a command; everybody here is root already': '运行一个命令；这里本来就是 root',
  'starts and stops OSD processes': '启动和停止 OSD 进程',
  'prints the end of files': '打印文件的末尾',
  'passes its input on and writes it to files too': '把输入继续传下去，同时写入文件',
  'makes files, or sets their time to now': '建立文件，或把时间设为现在',
  'replaces or removes characters': '替换或删除字符',
  succeeds: '返回成功',
  'cuts files or makes them longer': '截短或加长文件',
  'leaves out lines that repeat the one before': '去掉与上一行重复的行',
  'counts lines, words and bytes': '统计行数、单词数和字节数',
  'runs a command with the words of its input': '用输入中的词作为参数运行命令',
  'changes the working directory': '更改工作目录',
  'runs its words as a command line': '把参数当作命令行执行',
  'ends the script or the subshell': '结束脚本或子 shell',
  'gives variables to the programs that are started': '把变量传给所启动的程序',
  'lists the command lines that were typed': '列出输入过的命令行',
  'prints the working directory': '打印工作目录',
  'reads a line of the input into variables': '把输入的一行读入变量',
  'turns options of the shell on (with + off)': '打开 shell 的选项（用 + 关闭）',
  'drops the first arguments of the script': '去掉脚本最前面的参数',
  "runs a file's commands in this shell": '在当前 shell 中执行文件里的命令',
  'tells what a command is': '说明一个命令是什么',
  'forgets variables': '删除变量',
  'Block device images on RADOS.': 'RADOS 上的块设备镜像。',
  'Commands of this sandbox:': '本沙盒具有的命令：',
  "A Ceph cluster that lives in this page, and a small shell. 'man X' tells more of any command.":
    "这里是运行在网页中的 Ceph 集群和一个小型 shell。用 'man X' 查看任何命令的详情。",
  'Files and text': '文件与文本',
  'The shell': 'shell 自身的命令',
  'Pipes, redirections, quotes, variables, $( ), globs, for, while and if work as in bash.':
    '管道、重定向、引号、变量、$( )、通配符、for、while 和 if 的用法与 bash 相同。',
  '%d commands: ': '%d 个命令：',
  '1 command: ': '1 个命令：',
  NAME: '名称',
  COMMANDS: '命令',
  SYNOPSIS: '用法',
  'ALSO CALLED': '别名',
  DESCRIPTION: '说明',
  ARGUMENTS: '参数',
  OPTIONS: '选项',
  "There is no editor here: 'sed -i' changes a file, 'cat > FILE << EOF' writes one.":
    "这里没有编辑器：用 'sed -i' 修改文件，用 'cat > FILE << EOF' 写文件。",
  "There is no pager here: the terminal scrolls, 'head' and 'tail' show parts.":
    "这里没有分页程序：终端可以滚动，'head' 和 'tail' 显示一部分。",
  "That is not here: 'grep', 'sed', 'cut', 'tr', 'sort', 'uniq' and 'wc' are.":
    "这里没有它；有 'grep'、'sed'、'cut'、'tr'、'sort'、'uniq' 和 'wc'。",
  "Nothing is mounted here: 'hexdump', 'dd' and 'cmp' read the device itself.":
    "这里不能挂载文件系统：用 'hexdump'、'dd' 和 'cmp' 直接读设备。",
  "Disks are not divided here: 'lsblk' lists them, 'mkfs.ext4' takes a whole one.":
    "这里不给磁盘分区：'lsblk' 列出磁盘，'mkfs.ext4' 使用整个磁盘。",
  "Nothing can be installed here: 'help' lists what there is.": "这里不能安装软件：'help' 列出已有的命令。",
  'There is no need to go elsewhere: commands reach all of the cluster from here.':
    '不必登录别的机器：在这里执行的命令可以管理整个集群。',
  "The cluster is set up already: 'ceph -s' shows it.": "集群已经部署好了：用 'ceph -s' 查看。",
  "The machines keep no log here: 'ceph log last' shows the cluster's.":
    "这里的机器没有日志：用 'ceph log last' 查看集群日志。",
  "OSDs are the only processes here: 'systemctl' starts and stops them.":
    "这里的进程只有 OSD：用 'systemctl' 启动和停止。",
  "'sim power-off HOST' lets the power of a machine fail, 'sim power-on HOST' brings it back.":
    "'sim power-off HOST' 让机器断电，'sim power-on HOST' 恢复供电。",
  "'sim cut-off HOST' cuts a machine's network, 'sim reconnect HOST' mends it.":
    "'sim cut-off HOST' 切断机器的网络，'sim reconnect HOST' 恢复。",
  "Did you mean '%s'? Type 'help' to see what there is.": "是不是 '%s'？输入 'help' 查看有哪些命令。",
  'the power of an OSD, a host or a rack fails: nobody has time to say goodbye':
    'OSD、主机或机架断电：来不及通知任何人',
  'it is back, and its OSDs start': '恢复供电，其 OSD 启动',
  'the network of a host or a rack fails, seen from where the monitor is': '从监视器一侧看，主机或机架断网',
  'it is back': '网络恢复',
  "a bit of one OSD's copy flips, unseen until it is read or scrubbed":
    '一个 OSD 上的副本有一位翻转，读取或 scrub 之前不会发现',
  "one OSD's copy is gone, unseen until it is read or scrubbed": '一个 OSD 上的副本丢失，读取或 scrub 之前不会发现',
  'runs a command and tells the road of each operation: hash, PG, OSDs, bytes':
    '运行一个命令，并显示每个操作的路径：哈希、PG、OSD、字节',
};
