package io.thespace.gateway.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A language model that callers may use, with the address of its server. */
@Entity
@Table(name = "gateway_models")
class Model {

    @Id
    private String name;

    /** A complete {@link ModelOrder} without the key, as JSON. */
    @Column(name = "definition")
    private String definition;

    @Column(name = "sealed_key")
    private byte[] sealedKey;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Model() {}

    Model(ModelOrder order, byte[] sealedKey, Instant now) {
        this.name = order.name();
        this.createdAt = now;
        become(order, sealedKey, now);
    }

    void become(ModelOrder order, byte[] sealed, Instant now) {
        try {
            definition = Json.MAPPER.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every model can be written as JSON", e);
        }
        sealedKey = sealed;
        changedAt = now;
    }

    byte[] sealedKey() {
        return sealedKey;
    }

    String name() {
        return name;
    }

    /** @param file of an ONNX model; null for others */
    ModelView view(ModelFile file) {
        try {
            return ModelView.of(
                    // Rows of an earlier version lack members that have a default.
                    Json.MAPPER.readValue(definition, ModelOrder.class).complete(),
                    sealedKey != null,
                    file == null ? null : file.view(),
                    createdAt,
                    changedAt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The model " + name + " is no longer readable", e);
        }
    }

    /** @param file of an ONNX model; null for others */
    SealedModel sealed(ModelFile file) {
        return new SealedModel(view(file), sealedKey);
    }
}
