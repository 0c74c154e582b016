/**
 * Predictions of models through one interface: those of the gateway's registry, by JSON members or as tensors of the
 * Open Inference Protocol. Those of the kind {@code onnx} run in this process, all others are called through the
 * gateway.
 *
 * <p>Invariants: a caller can list and use the models allowed for the caller's role; a prediction is counted, charged
 * and limited like any other call to its model.
 */
package io.thespace.mcp.model;
