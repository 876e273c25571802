import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';

/** OSDs of tests have their plugins, whether a test starts a shell or not. */
loadPlugins();
