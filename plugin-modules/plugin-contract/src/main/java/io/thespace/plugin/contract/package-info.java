/**
 * What a plugin's tests build on.
 *
 * <p>A test that extends {@link io.thespace.plugin.contract.PluginContract} inherits the checks that every plugin has to
 * pass. For a plugin's own tests, {@link io.thespace.plugin.contract.PluginStage} runs it as the platform would: on a real
 * PostgreSQL, as a role of its own, under row-level security, with requests decoded and validated, and with refusals and
 * answers held against what the endpoint declares. {@link io.thespace.plugin.contract.UnitDatabase} is for the plugins that come
 * with the platform and bring a persistence unit.
 *
 * <p>The rules here are the platform's own, told once more without its code, which authors don't have.
 */
package io.thespace.plugin.contract;
