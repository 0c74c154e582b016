/**
 * Sessions: recorded conversations with an organization's agents.
 *
 * <p>Invariants: the messages of a session are numbered from 1 without a gap, in the order in which they were recorded,
 * and are never changed. A session that has ended gets no more messages, even concurrently with its end. A session that
 * exceeds its idle timeout has timed out from that moment on, even before {@link io.thespace.session.SessionTimeouts}
 * records it. Only an active agent gets sessions and messages. An agent can read its own sessions only.
 *
 * <p>A session is about its subject where one is given, and about the user who opened it.
 *
 * <p>Failures: the codes of {@link io.thespace.session.SessionError}, and the database.
 */
package io.thespace.session;
