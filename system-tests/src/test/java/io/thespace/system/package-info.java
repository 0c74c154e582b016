/**
 * The product as its clients meet it: the real archives on real servers, with a real PostgreSQL and a real Redis.
 *
 * <p>{@link io.thespace.system.Stage} starts what all test classes share, once. {@link io.thespace.system.Space} is the
 * driver: tests say what they do in its words, and only it knows URLs and headers. {@link io.thespace.system.Fixtures}
 * makes the people that no API makes yet; each test class makes its own organizations, and so disturbs no other.
 */
package io.thespace.system;
