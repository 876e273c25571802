import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { type ConfigLookup, poolConfig } from '../config.ts';
import { FEATURES_DEFAULT, featuresOfText } from '../features.ts';
import type { CreateOptions } from './create-plan.ts';

/**
 * What is not said of a new image comes from the configuration, with the pool's overrides.
 *
 * @ceph src/librbd/image/CreateRequest.cc CreateRequest — exact, without journals
 */
export function* withDefaults(io: IoCtx, options: CreateOptions): Task<CreateOptions> {
  const config = yield* poolConfig(io);
  const number = (name: string): number => Number(config(name));
  return {
    ...options,
    order: options.order || number('rbd_default_order'),
    features: options.features ?? defaultFeatures(io, config),
    stripeUnit: options.stripeUnit || number('rbd_default_stripe_unit'),
    stripeCount: options.stripeCount || number('rbd_default_stripe_count'),
    dataPool: options.dataPool ?? config('rbd_default_data_pool'),
  };
}

/** An older cluster has its own, unless the configuration says other than today's. */
function defaultFeatures({ rados }: IoCtx, config: ConfigLookup): number {
  const features = featuresOfText(config('rbd_default_features')) ?? FEATURES_DEFAULT;
  return features === FEATURES_DEFAULT ? (rados.port.era.defaultFeatures ?? features) : features;
}
