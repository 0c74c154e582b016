/**
 * Models as platform administrators register them: where their servers are, their prices and limits, and the files of ONNX models.
 *
 * <p>Invariants: an API key is stored sealed, for the address of its server; a model that another one falls back to stays.
 */
package io.thespace.gateway.model;
