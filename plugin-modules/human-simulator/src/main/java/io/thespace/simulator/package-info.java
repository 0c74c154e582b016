/**
 * Synthetic users that exercise this platform's own API: personas, scenarios, a calendar, admissions to places, and
 * runs with their results.
 *
 * <p>A run makes real requests to this node's own port, as users of the sandbox organization, whichever organization
 * requested it; their effects are marked synthetic. The rows of this plugin belong to the requesting organization.
 *
 * <p>Invariants: a run is started once in the cluster, and ends even if its node is killed: its lease then expires and
 * another node ends it as interrupted. The same seed, scenario and personas give the same choices, mistakes and pauses
 * in the same order. No run ever admits more personas than it has places, and a freed place admits exactly one persona
 * from the waiting list. A due calendar entry starts one run in the cluster.
 *
 * <p>Failures: use cases reject with {@link io.thespace.simulator.SimulatorError}; a step that fails is a result, never
 * an exception.
 */
package io.thespace.simulator;
