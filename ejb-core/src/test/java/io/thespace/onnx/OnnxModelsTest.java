package io.thespace.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The models that lie beside the tests are those that the tests encode. */
class OnnxModelsTest {

    @Test
    void theResourcesAreAsEncoded() throws IOException {
        Path folder = Path.of("src/test/resources/io/thespace/onnx");
        for (var model : OnnxModels.ALL.entrySet()) {
            Supplier<byte[]> encoded = model.getValue();
            Path file = folder.resolve(model.getKey());
            if (Boolean.getBoolean("space.snapshot.write")) {
                Files.write(file, encoded.get());
            }
            assertThat(Files.readAllBytes(file)).as(model.getKey()).isEqualTo(encoded.get());
        }
    }
}
