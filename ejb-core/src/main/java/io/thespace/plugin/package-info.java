/**
 * The plugins: those that come with the platform and those installed while it runs, by one life cycle.
 *
 * <p>{@link ControlCenter} changes what is wished (one change at a time in the cluster), {@link Installations} keeps the wish
 * and the archives in the database, {@link PluginConvergence} makes this node run what is wished, {@link NodePlugins} holds what it
 * runs, {@link Plugins} shows it to others, {@link RunningPlugin} is one started version, {@link PluginContexts} makes its context,
 * {@link Archive} and {@link Fence} look through what is brought in.
 *
 * <p>Invariants: an archive is verified before anything is touched; a plugin's endpoints answer only while it is enabled; a
 * change that fails or is cut off leaves what was there before, with the reason; a plugin's code runs in its bulkhead, its
 * SQL as its own role and for one tenant; a plugin that goes leaves no class behind.
 *
 * <p>What may fail: every refusal is a {@link PluginError}; a plugin's own crash is a defect of its call, counted by its
 * bulkhead.
 */
package io.thespace.plugin;
