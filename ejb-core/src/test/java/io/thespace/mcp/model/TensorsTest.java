package io.thespace.mcp.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorsTest {

    private static final List<String> DECLARED = List.of("y", "z");

    @Test
    void requestedOutputsMustBeDeclared() {
        List<FieldError> faults = new ArrayList<>();
        assertThat(Tensors.requested(null, DECLARED, faults)).containsExactlyInAnyOrder("y", "z");
        assertThat(Tensors.requested(List.of(), DECLARED, faults)).containsExactlyInAnyOrder("y", "z");
        assertThat(Tensors.requested(List.of(new InferenceOutput("z", null)), DECLARED, faults))
                .containsExactly("z");
        assertThat(faults).isEmpty();

        Tensors.requested(List.of(new InferenceOutput("y", null), new InferenceOutput("x", null)), DECLARED, faults);
        assertThat(faults).extracting(FieldError::field).containsExactly("outputs[1].name");
    }

    @Test
    void theProtocolsParametersAreRead() throws JsonProcessingException {
        InferenceOrder order = Json.MAPPER.readValue(
                "{\"parameters\": {\"a\": 1}, \"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP32\","
                        + " \"parameters\": {\"b\": 1}, \"data\": [1]}], \"outputs\": [{\"name\": \"y\", \"parameters\": {}}]}",
                InferenceOrder.class);
        assertThat(order.inputs()).hasSize(1);
        assertThat(order.outputs()).extracting(InferenceOutput::name).containsExactly("y");
    }
}
