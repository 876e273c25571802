import { CephError } from '../../../engine/base/errno.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import { provideFiles } from '../../../engine/librbd/migration/sources/file-stream.ts';
import type { FileSystem } from '../../process.ts';

/** What clients of the cluster read from outside it (sources of imports) are the files of this program from now on. */
export function provideFilesOf(cluster: Cluster, files: FileSystem): void {
  provideFiles(cluster.cost, (path) => {
    // A directory opens, too, but its size is that of no image.
    if (files.stat(path).kind === 'directory') throw new CephError('EINVAL', path);
    return files.open(path, 'read');
  });
}
