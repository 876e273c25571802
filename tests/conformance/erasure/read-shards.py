"""The second half of record-pools.sh: reads the shards of each pool from what its stopped memstore OSDs left on disk."""
import glob
import hashlib
import json
import struct
import sys


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self, form):
        return struct.unpack('<' + form, self.take(struct.calcsize(form)))[0]

    def text(self):
        return self.take(self.number('I'))

    def struct(self):
        self.take(2)
        return Reader(self.take(self.number('I')))

    def map(self):
        return {self.text().decode('latin1'): self.text() for _ in range(self.number('I'))}


def objects(path):
    """Data and xattrs of each object of a memstore collection, by name."""
    collection = Reader(open(path, 'rb').read()).struct()
    collection.map()
    collection.number('B')
    found = {}
    for _ in range(collection.number('I')):
        ident = collection.struct()
        ident.text()
        name = ident.text().decode('latin1')
        body = collection.struct()
        found[name] = (body.text(), body.map())
    return found


directory, tmp, names = sys.argv[1:]
pools = {pool['pool_name']: pool for pool in json.load(open(f'{tmp}/pools'))}

for number, profile in enumerate(open(names), 1):
    pool = pools.get(f'e{number}')
    if pool is None:
        continue
    pgid = f"{pool['pool_id']}.0"
    files = [glob.glob(f'{directory}/osd*/{pgid}s{shard}_head')[0] for shard in range(pool['size'])]
    shards = [objects(file) for file in files]
    out = {'profile': profile.strip(), 'stripe_width': pool['stripe_width'], 'size': pool['size'],
           'min_size': pool['min_size'], 'objects': {}}
    for name in ('big', 'small'):
        found = [shard.get(name) for shard in shards]
        out['objects'][name] = [None if it is None else {
            'bytes': len(it[0]), 'sha256': hashlib.sha256(it[0]).hexdigest()[:16],
            'hinfo': it[1].get('hinfo_key', b'').hex()} for it in found]
    print(json.dumps(out), flush=True)
