import { checkComplaints, intOption, type ProfileReader, stringOption } from './profile-reader.ts';

/** What a profile says about the CRUSH rule of its pools. */
export interface RuleParameters {
  readonly root: string;
  /** A bucket type's name, or `osd`. */
  readonly failureDomain: string;
  /** Empty for any. */
  readonly deviceClass: string;
  /** 0 or 1 for one OSD of each failure domain; more asks for an MSR rule. */
  readonly osdsPerFailureDomain: number;
  /** 0 where it is not said; needed when more than one OSD of a failure domain is taken. */
  readonly numFailureDomains: number;
  /** Choose steps in place of the usual single one: only lrc. */
  readonly steps?: readonly RuleStep[];
}

export interface RuleStep {
  /** `chooseleaf`, or anything else for `choose`. */
  readonly op: string;
  readonly type: string;
  /** How many; 0 for as many as there are chunks. */
  readonly n: number;
}

/**
 * Reads the crush-… options and fills in their defaults.
 *
 * @ceph src/erasure-code/ErasureCode.cc ErasureCode::init
 */
export function ruleParametersOf(reader: ProfileReader): RuleParameters {
  const rule = {
    root: stringOption(reader, 'crush-root', 'default'),
    failureDomain: stringOption(reader, 'crush-failure-domain', 'host'),
    numFailureDomains: intOption(reader, 'crush-num-failure-domains', '0'),
    osdsPerFailureDomain: intOption(reader, 'crush-osds-per-failure-domain', '0'),
    deviceClass: stringOption(reader, 'crush-device-class', ''),
  };
  checkComplaints(reader);
  return rule;
}
