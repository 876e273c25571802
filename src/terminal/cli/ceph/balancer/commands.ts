import type { CephCommand } from '../ceph-command.ts';
import {
  balancerDump,
  balancerExecute,
  balancerLs,
  balancerMode,
  balancerOff,
  balancerOn,
  balancerOptimize,
  balancerPoolAdd,
  balancerPoolLs,
  balancerPoolRm,
  balancerReset,
  balancerRm,
  balancerShow,
  balancerStatus,
  balancerStatusDetail,
} from './balancer.ts';
import { balancerEval, balancerEvalVerbose } from './eval.ts';

/** The commands of `ceph balancer`, in the order in which near misses are offered. */
export const balancerCommands: readonly CephCommand[] = [
  balancerStatus,
  balancerStatusDetail,
  balancerMode,
  balancerOn,
  balancerOff,
  balancerPoolLs,
  balancerPoolAdd,
  balancerPoolRm,
  balancerEval,
  balancerEvalVerbose,
  balancerOptimize,
  balancerShow,
  balancerDump,
  balancerRm,
  balancerReset,
  balancerLs,
  balancerExecute,
];
