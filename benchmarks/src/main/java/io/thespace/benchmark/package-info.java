/**
 * Load drivers, each beside a comparator that does the same work on the same machine in the same run. They print ratios;
 * no test depends on them.
 */
package io.thespace.benchmark;
