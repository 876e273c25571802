import { loadClasses } from '../cls/class-registry.ts';
import { CLASSES } from '../cls/classes.ts';
import { loadErasurePlugins } from '../erasure-code/plugin-registry.ts';
import { ERASURE_PLUGINS } from '../erasure-code/plugins.ts';
import { loadConfigParser } from '../librados/config-parser.ts';
import { startBalancer } from '../mon/balancer/automatic.ts';
import { blockClient } from '../mon/blocklist.ts';
import { loadUpmapCleaner } from '../mon/clean-upmaps.ts';
import { loadClientCalls } from '../mon/client-calls.ts';
import { DAEMON_OPTIONS } from '../mon/config/daemon-options.ts';
import { loadConfigOptions } from '../mon/config/options.ts';
import { keptValue } from '../mon/config/parse-value.ts';
import { RBD_OPTIONS } from '../mon/config/rbd-options.ts';
import { largeOmaps, manyRepairs } from '../mon/health-checks/bad-copies.ts';
import { cachePools } from '../mon/health-checks/cache-pools.ts';
import { crowdedPools } from '../mon/health-checks/crowded-pools.ts';
import { oldCrush, orphans } from '../mon/health-checks/crush-age.ts';
import { lateScrubs } from '../mon/health-checks/late-scrubs.ts';
import { pgCounts } from '../mon/health-checks/pg-counts.ts';
import { recentCrashChecks } from '../mon/health-checks/recent-crashes.ts';
import { targetSizes } from '../mon/health-checks/target-sizes.ts';
import { loadHealthChecks } from '../mon/health-more.ts';
import { loadManagerModules } from '../mon/manager-modules.ts';
import { managerDown } from '../mon/manager-state.ts';
import { enableApplication } from '../mon/pool-application.ts';
import { createSelfManagedSnap, removeSelfManagedSnaps } from '../mon/snaps.ts';
import { withTierSnaps } from '../mon/tier/propagate-snaps.ts';
import { loadTierSnaps } from '../mon/tier/tier-snaps.ts';
import { shardPlanner } from '../osd/erasure/optimized-writes.ts';
import { loadShardPlanner } from '../osd/erasure/shard-planner.ts';
import { countImageRequest } from '../osd/image-io.ts';
import { countRequest } from '../osd/io-counts.ts';
import { loadTracer } from '../osd/op-tracer.ts';
import { checkRoom } from '../osd/ops/check-room.ts';
import { loadOpPlugins } from '../osd/ops/op-plugins.ts';
import { loadDamageWork } from '../osd/scrub/damage-hook.ts';
import { hasWrongDigest } from '../osd/scrub/digests.ts';
import { applyToDamaged } from '../osd/scrub/patch-copy.ts';
import { opTracer } from '../osd/trace/tracer.ts';
import { cleanPgUpmaps } from '../osdmap/upmap/clean-upmaps.ts';
import { loadClientModules } from './client-modules.ts';
import { runWithinLimits } from './configured-limits.ts';
import { listPg } from './list-pg.ts';
import { startAutoscaler } from './manager/autoscaler.ts';
import { BlocklistExpiry } from './manager/blocklist-expiry.ts';
import { ManagerRestarts } from './manager/manager-restarts.ts';
import { ProgressWatch } from './manager/progress-watch.ts';
import { loadOpWatch } from './op-watch/hook.ts';
import { OpTracker } from './op-watch/op-tracker.ts';
import { slowOps } from './op-watch/slow-ops.ts';
import { dropBlocklistedWatches, refuseBlocklisted } from './pgs/blocklisted-clients.ts';
import { CreatingPools } from './pgs/creating-pools.ts';
import { PgNumSteps } from './pgs/pg-num-steps.ts';
import { loadPgPlugins } from './pgs/pg-plugins.ts';
import { startRecovery } from './pgs/recovery-queue.ts';
import { startTrims } from './pgs/snap-trims.ts';
import { splitAndMerge } from './pgs/split-and-merge.ts';
import { ImagePerf } from './rbd-support/image-perf.ts';
import { MirrorSnapshots } from './rbd-support/mirror-snapshots.ts';
import { RbdTasks } from './rbd-support/tasks.ts';
import { loadScrubs } from './scrub/hook.ts';
import { ScrubQueue } from './scrub/queue.ts';
import { hasJustGivenUp } from './stats/given-up.ts';
import { HealthWatch } from './stats/health-watch.ts';
import { IoRates } from './stats/io-rates.ts';
import { UsageWatch } from './stats/usage-watch.ts';
import { submitAll } from './submit-all.ts';
import { startAgents } from './tier/agent.ts';
import { loadTierWork } from './tier/hook.ts';
import { submitTiered } from './tier/submit.ts';
import { TrashPurges } from './trash-purges.ts';
import { hasObject, tellWait, whyInactive } from './waiting-requests.ts';

/** What a request did, to its PG and to the image that its object is of. */
function countBoth(...request: Parameters<typeof countRequest>): void {
  countRequest(...request);
  const [engine, pg, context] = request;
  countImageRequest(engine, pg, context);
}

/**
 * Loads what OSDs load beside their own program: object classes and erasure code plugins; and the manager its
 * modules. With them comes what tells of their operations. Needed before the first request;
 * a page that only shows a stored cluster does without.
 */
export function loadPlugins(): void {
  loadClasses(CLASSES);
  loadConfigOptions(DAEMON_OPTIONS);
  loadConfigOptions(RBD_OPTIONS);
  loadConfigParser(keptValue);
  loadOpPlugins({ run: runWithinLimits, checkRoom, count: countBoth });
  loadErasurePlugins(ERASURE_PLUGINS);
  loadShardPlanner(shardPlanner);
  loadClientCalls({
    createSnap: createSelfManagedSnap,
    removeSnaps: removeSelfManagedSnaps,
    blockClient,
    enableApplication: (monitor, pool, application) => void enableApplication(monitor, pool, application, true),
  });
  loadTracer(opTracer);
  loadPgPlugins({
    startRecovery,
    hasObject,
    tellWait,
    whyInactive,
    splitAndMerge,
    startTrims: (pgs) => {
      startTrims(pgs);
      startAgents(pgs);
    },
    submitAll,
    listPg,
    hasJustGivenUp,
    refuseBlocklisted,
    dropBlocklistedWatches,
  });
  loadTierWork({ submit: submitTiered });
  loadTierSnaps(withTierSnaps);
  loadScrubs((pgs) => new ScrubQueue(pgs));
  loadDamageWork({ applyToDamaged, hasWrongDigest });
  loadUpmapCleaner(cleanPgUpmaps);
  loadClientModules([
    (parts) => new TrashPurges(parts),
    (parts) => new MirrorSnapshots(parts),
    (parts) => new RbdTasks(parts),
    (parts) => new ImagePerf(parts),
  ]);
  loadHealthChecks([
    lateScrubs,
    manyRepairs,
    largeOmaps,
    oldCrush,
    orphans,
    crowdedPools,
    cachePools,
    targetSizes,
    pgCounts,
    recentCrashChecks,
    ({ records }) => managerDown(records),
    slowOps,
  ]);
  loadOpWatch((records, now_us) => new OpTracker(records, now_us));
  loadManagerModules([
    (engine, monitor, stats) => new UsageWatch(engine, monitor, stats),
    (engine, monitor) => new IoRates(engine, monitor),
    (engine, monitor, stats) => new HealthWatch(engine, monitor, stats),
    (engine, monitor) => new CreatingPools(engine, monitor),
    (engine, monitor) => new ManagerRestarts(engine, monitor),
    (engine, monitor) => new BlocklistExpiry(engine, monitor),
    (engine, monitor, stats) => new PgNumSteps(engine, monitor, stats),
    (_, monitor, stats) => ({ startWork: () => startBalancer(monitor, stats) }),
    (_, monitor, stats) => ({ startWork: () => startAutoscaler(monitor, stats) }),
    (engine, monitor, stats) => new ProgressWatch(engine, monitor, stats),
  ]);
}
