import type { RecordStore } from '../../base/records.ts';
import { configNumber } from '../../mon/config/value.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { PG_TABLE, type PgRecord, pgTable } from '../../osd/pg.ts';
import type { LogLimits } from '../../osd/pg-log.ts';

/** How many PGs each OSD holds, and how far their logs may grow therefore. */
export class PgLogLimits {
  readonly #records: RecordStore;
  readonly #held = new Map<number, number>();

  constructor(records: RecordStore) {
    this.#records = records;
    for (const record of pgTable(records).values()) this.#count(record, 1);
    records.onChange(
      ({ from, to }) => {
        // Records of the PG table, as that table's type has it.
        const [was, is] = [from as PgRecord | undefined, to as PgRecord | undefined];
        if (was?.peers === is?.peers) return;
        this.#count(was, -1);
        this.#count(is, 1);
      },
      (table) => table === PG_TABLE,
    );
  }

  /**
   * What holds for PGs that an OSD leads.
   * @ceph src/osd/OSD.cc OSDService::get_target_pg_log_entries — exact
   */
  of(primary: number): LogLimits {
    const setting = (name: string) => configNumber(this.#records, `osd.${primary}`, name);
    const [least, most] = [setting('osd_min_pg_log_entries'), setting('osd_max_pg_log_entries')];
    const budget = setting('osd_target_pg_log_entries_per_osd');
    const held = this.#held.get(primary) ?? 0;
    const target = held > 0 && budget > 0 ? Math.max(Math.min(Math.floor(budget / held), most), least) : least;
    return { target, least: setting('osd_pg_log_trim_min') };
  }

  #count(record: PgRecord | undefined, by: number): void {
    for (const id of record?.peers.keys() ?? []) {
      const osd = osdOfShard(id);
      this.#held.set(osd, (this.#held.get(osd) ?? 0) + by);
    }
  }
}
