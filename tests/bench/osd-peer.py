"""What `osd.ts` measures, on a real cluster: one question as words, one number of seconds (or writes a second) back."""

import json
import sys
import time

import rados

SIZE, IN_FLIGHT, POLL_S = 4096, 64, 0.1

cluster = rados.Rados(conffile='', conf={'log_file': ''})
cluster.connect(timeout=60)


def ask(prefix, target=cluster.mon_command, **more):
    code, out, error = target(json.dumps({'prefix': prefix, 'format': 'json', **more}), b'', timeout=120)
    if code != 0:
        raise RuntimeError(f'{prefix}: {code} {error}')
    return json.loads(out) if out.strip() else None


def states():
    """How many PGs are in each state, as the manager heard last."""
    summary = ask('pg stat', cluster.mgr_command)['pg_summary']
    return {each['name']: each['num'] for each in summary['num_pg_by_state']}


def wait_for(is_there, limit_s=1800):
    begun = time.time()
    while not is_there():
        if time.time() - begun > limit_s:
            raise RuntimeError(f'not within {limit_s} s: {states()}')
        time.sleep(POLL_S)
    return time.time() - begun


def is_clean():
    pgs = states()
    wanted = sum(pool['pg_num'] for pool in ask('osd dump')['pools'])
    return pgs.get('active+clean', 0) == wanted


def make_pool(name, pgs):
    ask('osd pool create', pool=name, pg_num=int(pgs), pgp_num=int(pgs))
    ask('osd pool application enable', pool=name, app='rados')
    return wait_for(is_clean)


def write_all(io, count):
    """As many writes under way as a busy client has."""
    data, under_way = b'x' * SIZE, []
    for n in range(count):
        under_way.append(io.aio_write_full(f'o{n}', data))
        if len(under_way) >= IN_FLIGHT:
            under_way.pop(0).wait_for_complete()
    for each in under_way:
        each.wait_for_complete()


def writes(pool, count, snaps):
    begun, ids = time.time(), []
    with cluster.open_ioctx(pool) as io:
        for _ in range(int(snaps) + 1):
            if ids:
                io.set_self_managed_snap_write(ids)
            write_all(io, int(count))
            ids.insert(0, io.create_self_managed_snap())
    return int(count) * (int(snaps) + 1) / (time.time() - begun)


def fill(pool, count):
    begun = time.time()
    with cluster.open_ioctx(pool) as io:
        write_all(io, int(count))
    return time.time() - begun


def down(*osds):
    """Waits until the map shows what was done to the processes."""
    return wait_for(lambda: not any(each['up'] for each in ask('osd dump')['osds'] if str(each['osd']) in osds))


def recovered():
    """From all OSDs being up to all PGs being clean."""
    wait_for(lambda: all(each['up'] for each in ask('osd dump')['osds']))
    return wait_for(is_clean)


def peered(pool, *osds):
    """From OSDs being marked down, with one map, to every PG of the pool being active without them."""
    ask('osd set', key='noup')
    wanted = next(each['pg_num'] for each in ask('osd dump')['pools'] if each['pool_name'] == pool)
    begun = time.time()
    ask('osd down', ids=list(osds))
    wait_for(lambda: sum(num for name, num in states().items() if name.startswith('active+undersized')) >= wanted)
    return time.time() - begun


verb, *words = sys.argv[1:]
print(json.dumps(globals()[verb](*words)))
