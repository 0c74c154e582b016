/**
 * System tests through the product's public interfaces: the real archives on real servers, with a real PostgreSQL and a
 * real Redis.
 *
 * <p>{@link io.thespace.system.Stage} starts what all test classes share, once. {@link io.thespace.system.Space} is the
 * driver: tests use its methods, and only it contains URLs and headers. {@link io.thespace.system.Fixtures} creates
 * users for whom there is no API; each test class creates its own organizations, and so does not affect others.
 */
package io.thespace.system;
