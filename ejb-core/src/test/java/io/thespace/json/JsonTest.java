package io.thespace.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private record Change(Optional<String> name, Optional<Integer> size) {}

    /** Of a separate mapper, too, which documents are written with. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsLeftOutAndWhatIsNullAreTwo(boolean separate) throws JsonProcessingException {
        ObjectMapper mapper = separate ? Json.separate() : Json.MAPPER;

        Change change = mapper.readValue("{\"size\": null}", Change.class);

        assertThat(change.name()).isNull();
        assertThat(change.size()).isEmpty();
        assertThat(mapper.readTree(mapper.writeValueAsString(change)))
                .isEqualTo(mapper.readTree("{\"name\": null, \"size\": null}"));
    }
}
