/**
 * Background threads of a node.
 *
 * <p>Invariant: what a request or a frame leaves to another thread is an entry of a bounded queue, never a task of a managed
 * executor: for each such task Payara Server searches every archive of the application for services.
 */
package io.thespace.worker;
