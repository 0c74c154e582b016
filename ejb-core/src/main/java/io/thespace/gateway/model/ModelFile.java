package io.thespace.gateway.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.onnx.OnnxFile;
import io.thespace.onnx.OnnxSignature;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The file of an ONNX model, without its content, which is read and written by itself. */
@Entity
@Table(name = "gateway_model_files")
class ModelFile {

    @Id
    private String model;

    private String sha256;

    private int bytes;

    /** An {@link OnnxSignature}, as JSON. */
    private String signature;

    protected ModelFile() {}

    String model() {
        return model;
    }

    ModelFileView view() {
        try {
            OnnxSignature declared = Json.MAPPER.readValue(signature, OnnxSignature.class);
            return new ModelFileView(sha256, bytes, declared.inputs(), declared.outputs());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The signature of the model " + model + " is no longer readable", e);
        }
    }

    /** The signature in the format that {@link #view} reads. */
    static String signature(OnnxFile file) {
        try {
            return Json.MAPPER.writeValueAsString(file.signature());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every signature can be written as JSON", e);
        }
    }
}
