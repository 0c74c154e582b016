/**
 * Jakarta REST between the wire and the pipeline: reads the declarations of resources, binds each one to its method, and
 * gives requests and answers the same form on Jersey and RESTEasy.
 *
 * <p>Invariants: the declaration that decides about a call is the one of the method that JAX-RS matched; a resource method
 * without a declaration fails the deployment; a method that was reached without being admitted fails the call.
 */
package io.thespace.jaxrs;
