/**
 * Models behind one shape of prediction: those of the gateway's registry, by JSON members or as tensors of the Open Inference
 * Protocol. Those of the kind {@code onnx} run in this process, all others are asked over the gateway.
 *
 * <p>Invariants: a caller sees and asks the models that the caller's role may use; a prediction counts, costs and is limited as any
 * other question to its model.
 */
package io.thespace.mcp.model;
