/**
 * Approvals: calls of plugins' actions that wait until a person approves them, as an organization's rules say.
 *
 * <p>Invariants: a call for which a rule holds is not made; in its place a run of the rule's workflow starts, in the call's
 * transaction, and makes the call when it is approved. A condition that cannot be evaluated holds.
 *
 * <p>May fail: while the rule's workflow is disabled, such calls are refused.
 */
package io.thespace.approval;
