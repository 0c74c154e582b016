/**
 * MicroProfile Health: the liveness, readiness and startup checks at each server's standard path.
 *
 * <p>The checks lie in the EAR's {@code lib/}, the only place where WildFly finds them, and one class has one kind: of a class
 * with three qualifiers Payara registers readiness only.
 *
 * <p>Invariants: a check never throws, since servers put exceptions into their responses; before the application has
 * registered its judgement the node is live, but neither ready nor started.
 */
package io.thespace.health;
