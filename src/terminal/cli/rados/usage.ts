import { type Explain, explainLines } from '../explain/explain.ts';

/** How `rados` is used: its commands and options are the real ones, the words about them ours. */
const TEXT = `usage: rados [options] [commands]
POOL COMMANDS
   lspools                          names of all pools
   cppool <pool-name> <dest-pool>   copy all objects of a pool to another
   purge <pool-name> --yes-i-really-really-mean-it
                                    remove every object of a pool, and keep the pool
   df                               what pools and cluster use
   ls                               names of the pool's objects

POOL SNAP COMMANDS
   lssnap                           the pool's snapshots
   mksnap <snap-name>               take a snapshot of the pool
   rmsnap <snap-name>               remove a snapshot of the pool

OBJECT COMMANDS
   get <obj-name> <outfile> [--offset offset]
                                    read an object into a file
   put <obj-name> <infile> [--offset offset]
                                    write a file as an object
   append <obj-name> <infile>       add a file to the end of an object
   truncate <obj-name> length       cut or grow an object
   create <obj-name>                make an empty object
   rm <obj-name> ... [--force-full] remove objects
   cp <obj-name> [target-obj]       copy an object
   listxattr <obj-name>             names of an object's attributes
   getxattr <obj-name> <attr>       value of an attribute
   setxattr <obj-name> attr val     set an attribute
   rmxattr <obj-name> attr          remove an attribute
   stat <obj-name>                  size and time of the last change
   stat2 <obj-name>                 the same, time in microseconds
   touch <obj-name> [timestamp]     make an object, or set its time
   set-alloc-hint <obj-name> <expected-object-size> <expected-write-size>
                                    tell OSDs how large an object and its writes will be
   mapext <obj-name>                which ranges of an object are stored
   rollback <obj-name> <snap-name>  bring an object back to a snapshot
   listsnaps <obj-name>             the clones that snapshots made of an object
   bench <seconds> write|seq|rand [-t concurrent_operations] [--no-cleanup] [--run-name run_name] [--no-hints] [--reuse-bench]
                                    measure writing or reading
   cleanup [--run-name run_name] [--prefix prefix]
                                    remove what bench wrote
   listomapkeys <obj-name>          keys of the object's omap
   listomapvals <obj-name>          keys and values of the object's omap
   getomapval <obj-name> <key> [file]
                                    value of a key
   setomapval <obj-name> <key> <val | --input-file file>
                                    set a key
   rmomapkey <obj-name> <key>       remove a key
   clearomap <obj-name> [obj-name2 obj-name3...]
                                    remove all keys
   getomapheader <obj-name> [file]  the omap's header
   setomapheader <obj-name> <val | --input-file file>
                                    set the omap's header
   watch <obj-name>                 watch an object until enter is pressed
   notify <obj-name> <message>      tell the watchers of an object something
   listwatchers <obj-name>          clients that watch an object
   load-gen [options]               read and write at random for a while
   tier-promote, tier-flush, tier-evict, unset-manifest <obj-name>
                                    objects that stand for others: there are none here

IMPORT AND EXPORT
   export [filename]                write all objects of a pool to a file
   import [--dry-run] [--no-overwrite] < filename | - >
                                    read the objects of an export

SCRUB AND REPAIR:
   list-inconsistent-pg <pool>      PGs in which a scrub found differences
   list-inconsistent-obj <pgid>     objects of a PG that differ
   list-inconsistent-snapset <pgid> snapshot sets of a PG with mistakes

CACHE POOLS: (there are none here)
   cache-flush, cache-try-flush, cache-evict <obj-name>
   cache-flush-evict-all, cache-try-flush-evict-all

ADVISORY LOCKS
   lock list <obj-name>             names of the locks of an object
   lock get <obj-name> <lock-name> [--lock-cookie locker-cookie] [--lock-tag locker-tag]
            [--lock-description locker-desc] [--lock-duration locker-dur] [--lock-type locker-type]
                                    take a lock
   lock break <obj-name> <lock-name> <locker-name> [--lock-cookie locker-cookie]
                                    take a lock away from another client
   lock info <obj-name> <lock-name> who holds a lock

GLOBAL OPTIONS:
   -p pool, --pool=pool             the pool to work in
   -N namespace, --namespace=namespace
                                    the namespace to work in
   --all, --default                 with ls: all namespaces, or the default one
   -s name, --snap name             read from a pool snapshot
   -f, --format plain|json|json-pretty|xml|xml-pretty
   -b op_size, -O object_size       bytes of an operation, of an object
   -C, --create                     make the pool first
   --pgid PG                        with ls: only this placement group
   --obj-name-file, --omap-key-file take the object's name, the omap key from a file
   --object-locator, --target-locator, --target-pool, --target-nspace
   --input-file file                take the value from a file
   -h, --version
`;

/** Column at which the explanations stand. */
const COLUMN = 36;

export function usageText(say: Explain): string {
  return explainLines(TEXT, COLUMN, say);
}
