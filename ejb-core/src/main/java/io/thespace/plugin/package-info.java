/**
 * Plugins: bundled ones and those installed at run time, with one life cycle.
 *
 * <p>{@link ControlCenter} changes the desired state (one change at a time in the cluster), {@link Installations} stores the
 * desired state and the archives in the database, {@link PluginConvergence} converges this node to it, {@link NodePlugins} holds
 * the running plugins, {@link Plugins} lists them, {@link RunningPlugin} is one started version, {@link PluginContexts} creates
 * its context, {@link Archive} and {@link Fence} inspect uploaded code.
 *
 * <p>Invariants: an archive is verified before any effect; a plugin's endpoints are available only while it is enabled;
 * a change that fails or is cut off restores the previous state, with the reason; a plugin's code runs in its bulkhead,
 * its SQL as its own role and for one tenant; a removed plugin leaves no class behind.
 *
 * <p>Failures: every rejection is a {@link PluginError}; a crash of a plugin is a defect of its call, counted by its
 * bulkhead.
 */
package io.thespace.plugin;
