package io.thespace.onnx;

/**
 * A model's file that was checked.
 *
 * @param sha256 of the content, in hexadecimal
 * @param content not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OnnxFile(String sha256, byte[] content, OnnxSignature signature) {

    @Override
    public String toString() {
        return "OnnxFile[" + sha256 + "]";
    }
}
