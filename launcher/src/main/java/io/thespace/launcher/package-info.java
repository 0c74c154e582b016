/**
 * Starts and stops an instance of the product: embedded PostgreSQL and Redis, signing keys, and one of the three servers.
 * For plugin authors it also makes projects, keys and signatures.
 *
 * <p>{@code deploy.sh} runs {@link io.thespace.launcher.Launcher}. System tests use the parts: an
 * {@link io.thespace.launcher.Instance}, its {@link io.thespace.launcher.Postgres}, {@link io.thespace.launcher.Redis} and
 * {@link io.thespace.launcher.Server}.
 */
package io.thespace.launcher;
