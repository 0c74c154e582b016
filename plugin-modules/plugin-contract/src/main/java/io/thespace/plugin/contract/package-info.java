/**
 * What a plugin's tests build on.
 *
 * <p>A test that extends {@link io.thespace.plugin.contract.PluginContract} inherits the checks that every plugin has to
 * pass. For a plugin's own tests, {@link io.thespace.plugin.contract.PluginStage} runs it in the platform's own pipeline: on a
 * real PostgreSQL, as a role of its own, under row-level security, and with refusals and answers held against what the
 * endpoint declares. {@link io.thespace.plugin.contract.UnitDatabase} is for the plugins that come with the platform and bring
 * a persistence unit.
 */
package io.thespace.plugin.contract;
