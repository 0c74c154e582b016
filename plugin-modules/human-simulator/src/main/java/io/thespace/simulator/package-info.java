/**
 * Synthetic users that exercise this platform's own API: who they are (personas), what they do (scenarios), when they do it
 * (calendar), who of them gets a place (admissions), and how it went (runs).
 *
 * <p>A run makes real requests to this node's own port, as users of the sandbox organization, whatever organization asked
 * for it; what they cause is marked synthetic. The rows of this plugin belong to the organization that asked.
 *
 * <p>Invariants: a run is started once in the cluster, and ends, also when its node is killed: its lease runs out then and
 * another node ends it as interrupted. The same seed, scenario and personas give the same choices, mistakes and pauses in
 * the same order. No run ever admits more personas than it has places, and a place that is freed moves exactly one up. A due
 * calendar entry starts one run, on whichever node looks first.
 *
 * <p>What may fail: use cases refuse with {@link io.thespace.simulator.SimulatorError}; a step that fails is a result, never
 * an exception.
 */
package io.thespace.simulator;
