/**
 * Directives: what an organization tells its agents to keep to.
 *
 * <p>A directive is for every agent of the organization or for one. It has versions: each change drafts a new one, promoting
 * puts one in force in the place of the one before, revoking takes it out of force. {@link
 * io.thespace.directive.Directives#resolved} says what an agent has to keep to now, and in which order.
 *
 * <p>Invariants: a version's name, content and priority never change, which the database sees to; of a directive at most one
 * version is in force, and of those of one scope at most {@link io.thespace.directive.Directives#MAX_IN_FORCE}. What was in
 * force is deleted only after it was revoked.
 *
 * <p>What may fail: nothing but what {@link io.thespace.directive.DirectiveError} says, and the database.
 */
package io.thespace.directive;
