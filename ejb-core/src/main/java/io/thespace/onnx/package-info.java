/**
 * ONNX models that run in the server's own process, by ONNX Runtime.
 *
 * <p>Invariants: a file is checked before it is kept (size, form, no custom operators, no data outside of the file), and a model
 * runs from such a file alone; runs have threads of their own, so many and no more, with one thread each; no caller waits for one
 * longer than its time limit; inputs and outputs are bounded. Memory that a model takes while it runs is not: administrators
 * choose the models.
 *
 * <p>What may fail: the native library, which a platform may lack ({@code ONNX_UNAVAILABLE}); a model, on inputs that it does not
 * take ({@code RUN_FAILED}). A defect of ONNX Runtime's native code can end the process.
 */
package io.thespace.onnx;
