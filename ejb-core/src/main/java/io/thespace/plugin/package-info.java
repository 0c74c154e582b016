/**
 * The plugins: those that come with the platform and those installed while it runs, by one life cycle.
 *
 * <p>{@link ControlCenter} changes the desired state (one change at a time in the cluster), {@link Installations} stores the
 * desired state and the archives in the database, {@link PluginConvergence} converges this node to it, {@link NodePlugins} holds
 * the running plugins, {@link Plugins} lists them, {@link RunningPlugin} is one started version, {@link PluginContexts} creates
 * its context, {@link Archive} and {@link Fence} inspect uploaded code.
 *
 * <p>Invariants: an archive is verified before anything is touched; a plugin's endpoints answer only while it is enabled; a
 * change that fails or is cut off leaves what was there before, with the reason; a plugin's code runs in its bulkhead, its
 * SQL as its own role and for one tenant; a plugin that goes leaves no class behind.
 *
 * <p>What may fail: every refusal is a {@link PluginError}; a plugin's own crash is a defect of its call, counted by its
 * bulkhead.
 */
package io.thespace.plugin;
