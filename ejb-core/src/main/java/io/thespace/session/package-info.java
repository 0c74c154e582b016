/**
 * Sessions: conversations with an organization's agents, as whoever leads them records them.
 *
 * <p>Invariants: the messages of a session are numbered from 1 without a gap, in the order in which they were recorded, and
 * are never changed. A session that has ended gets no more messages, whatever comes at once with its end. One that was silent
 * for longer than it may has timed out from that moment on, for everybody who looks, also before {@link
 * io.thespace.session.SessionTimeouts} wrote it down. Only an active agent gets sessions and messages. An agent sees its own
 * sessions only.
 *
 * <p>A session is about its subject where one is given, and about the user who opened it.
 *
 * <p>What may fail: nothing but what {@link io.thespace.session.SessionError} says, and the database.
 */
package io.thespace.session;
