"""What a story asks of a real cluster over and over, by one client that stays: a JSON list a line, and one back."""

import json
import re
import sys
import threading
import time

import rados

PASSING = re.compile(
    'creating|peering|activating|unknown|recovering|backfilling|recovery_wait|backfill_wait|laggy|wait|snaptrim|'
    'scrubbing|premerge|repair'
)
# What was last reported to the monitor counts once it has stayed so long; longer where it may be a passing state.
PAUSE_S, STILL_S, STILL_ODD_S, LIMIT_S = 0.5, 3.5, 12, 240

cluster = rados.Rados(conffile='', conf={'log_file': ''})
cluster.connect(timeout=60)
begun = []


def ask(prefix, form='json', **more):
    code, out, error = cluster.mon_command(json.dumps({'prefix': prefix, 'format': form, **more}), b'', timeout=60)
    if code != 0:
        raise RuntimeError(f'{prefix}: {code} {error}')
    return json.loads(out) if form == 'json' else out.decode()


def mgr(prefix, form='json', **more):
    code, out, error = cluster.mgr_command(json.dumps({'prefix': prefix, 'format': form, **more}), b'', timeout=60)
    if code != 0:
        raise RuntimeError(f'{prefix}: {code} {error}')
    return json.loads(out) if form == 'json' else out.decode()


def write(pool, names, size):
    with cluster.open_ioctx(pool) as io:
        writes = [io.aio_write_full(name, bytes(size)) for name in names]
        for each in writes:
            each.wait_for_complete()


def begin(pool, name, size):
    io = cluster.open_ioctx(pool)
    thread = threading.Thread(target=lambda: io.write_full(name, bytes(size)), daemon=True)
    thread.start()
    begun.append(thread)


def ended(seconds):
    end = time.time() + seconds
    for thread in begun:
        thread.join(max(0, end - time.time()))
    return ','.join('blocked' if thread.is_alive() else '0' for thread in begun)


def changed(osds, up):
    for _ in range(int(120 / PAUSE_S)):
        state = {each['osd']: each['up'] for each in ask('osd dump')['osds']}
        if all(state.get(osd) == up for osd in osds):
            return True
        time.sleep(PAUSE_S)
    return False


def flush():
    for each in ask('osd dump')['osds']:
        if each['up']:
            try:
                cluster.osd_command(each['osd'], json.dumps({'prefix': 'flush_pg_stats'}), b'', timeout=5)
            except rados.Error:
                pass


def position(lasting):
    """All that may change, and whether it may be passing."""
    dump = ask('osd dump')
    pgs = mgr('pg dump')['pg_map']['pg_stats']
    counts = ('num_objects_degraded', 'num_objects_misplaced', 'num_objects_unfound')
    rows = [[pg['pgid'], pg['state'], pg['up'], pg['acting'], *(pg['stat_sum'][each] for each in counts)] for pg in pgs]
    states = [re.sub('|'.join(lasting) or '$^', '', pg['state']) for pg in pgs]
    moving = any(
        pool['pg_num'] != pool['pg_num_target'] or pool['pg_placement_num'] != pool['pg_placement_num_target']
        for pool in dump['pools']
    )
    passing = len(pgs) != sum(pool['pg_num'] for pool in dump['pools']) or any(PASSING.search(each) for each in states)
    odd = moving or bool(lasting) or bool(dump['pg_temp']) or any('stale' in each for each in states)
    return json.dumps([dump['epoch'], rows]), passing, odd


def settle(lasting):
    flush()
    last, since, end = None, time.time(), time.time() + LIMIT_S
    while time.time() < end:
        now, passing, odd = position(lasting)
        if passing or now != last:
            last, since = now, time.time()
        elif time.time() - since >= (STILL_ODD_S if odd else STILL_S):
            return True
        time.sleep(PAUSE_S)
    return False


def tell():
    return [json.dumps(mgr('pg dump')), json.dumps(ask('health', detail='detail')), ask('status', 'plain')]


for line in sys.stdin:
    name, *words = json.loads(line)
    try:
        print(json.dumps({'answer': globals()[name](*words)}), flush=True)
    except Exception as error:
        print(json.dumps({'error': f'{name}: {error}'}), flush=True)
