/**
 * The data catalog: which data the platform and its plugins keep, what each column means, how sensitive it is, and how long
 * it stays. The platform ships {@code data/catalog.json}, an enabled plugin its own {@code catalog.json}, and
 * administrators import what they want to say otherwise.
 *
 * <p>Invariants: every document, shipped or imported, fits {@code data/catalog.schema.json}; an import happens as a whole
 * or not at all, and a second time changes nothing; an imported entry never hides a column that a shipped one describes.
 */
package io.thespace.catalog;
