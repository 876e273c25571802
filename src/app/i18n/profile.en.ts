/** English words for the kinds of clusters that there are. */
export const profileEn = {
  legend: 'Which Ceph it is like',
  names: {
    tentacle: 'Tentacle, 20.2',
    pacific: 'Pacific, 16.2',
    classic: 'Classic, as in texts of 2014 and 2015',
  },
  notes: {
    tentacle: 'Today’s Ceph, with BlueStore.',
    pacific: 'FileStore: each object is a file on its OSD. New images have layering alone.',
    classic: 'FileStore, images of format 1, and listings as Firefly printed them.',
  },
};

export type ProfileMessages = typeof profileEn;
