/**
 * The basis of plugins' tests.
 *
 * <p>A test that extends {@link io.thespace.plugin.contract.PluginContract} inherits the checks that every plugin has
 * to pass. For a plugin's own tests, {@link io.thespace.plugin.contract.PluginStage} runs it in the platform's own
 * pipeline: on a real PostgreSQL, as a role of its own, under row-level security, and with errors and responses
 * compared with the endpoint's declaration. {@link io.thespace.plugin.contract.UnitDatabase} is for the bundled plugins
 * with a persistence unit.
 */
package io.thespace.plugin.contract;
