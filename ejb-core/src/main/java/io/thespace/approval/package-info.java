/**
 * Approvals: calls of plugins' actions that wait for a person's approval by the rules of the organization.
 *
 * <p>Invariants: a call that matches a rule is not executed; instead a run of the rule's workflow starts, in the call's
 * transaction, and makes the call when it is approved. A condition that cannot be evaluated matches.
 *
 * <p>Failures: while the rule's workflow is disabled, such calls are rejected.
 */
package io.thespace.approval;
