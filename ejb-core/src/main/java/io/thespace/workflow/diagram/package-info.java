/**
 * Diagrams of workflows as SVG.
 *
 * <p>Invariants: the layout depends on the model alone, so that a run's diagram has the shape of its workflow's. Nothing of a
 * document gets into the markup but as text.
 */
package io.thespace.workflow.diagram;
