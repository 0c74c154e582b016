/**
 * Directives: instructions that an organization's agents have to follow.
 *
 * <p>A directive is for every agent of the organization or for one. It has versions: each change drafts a new one,
 * promoting puts one in force in place of the previous one, revoking takes it out of force. {@link
 * io.thespace.directive.Directives#resolved} returns the directives that apply to an agent now, in order.
 *
 * <p>Invariants: a version's name, content and priority never change, which the database enforces; of a directive at
 * most one version is in force, and of those of one scope at most {@link
 * io.thespace.directive.Directives#MAX_IN_FORCE}. Directives that were in force are deleted only after they were
 * revoked.
 *
 * <p>Failures: the codes of {@link io.thespace.directive.DirectiveError}, and the database.
 */
package io.thespace.directive;
