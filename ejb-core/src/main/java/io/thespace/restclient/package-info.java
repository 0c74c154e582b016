/**
 * Calls of other servers through typed MicroProfile REST clients, bounded in number, time and size.
 *
 * <p>Invariants: a caller waits no longer than the deadline that it names; a response body is read up to a maximum and no
 * redirect is followed; any status but 200 is an {@link io.thespace.restclient.UnexpectedStatus}, on Jersey as on RESTEasy;
 * a permit is held until the call has ended, which may be after its caller has stopped waiting: RESTEasy does
 * not give up a response that is still being sent.
 */
package io.thespace.restclient;
