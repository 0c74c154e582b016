package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An embeddings endpoint that behaves, and ones that do not. */
class EmbedderTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Model model;
    private Embedder embedder;

    @BeforeEach
    void start() throws IOException {
        model = new Model();
        embedder = new Embedder(URI.create(model.url() + "/"), "small", "secret", 4, Thread::new);
    }

    @AfterEach
    void stop() {
        embedder.close();
        model.close();
    }

    @Test
    void eachTextGetsItsVector() throws IOException {
        List<List<Float>> vectors =
                embedder.embed(List.of("a puppy", "an automobile"), LIMIT).orElseThrow();

        assertThat(vectors).containsExactly(List.of(1f, 0.01f, 0.01f, 0.01f), List.of(0.01f, 1f, 0.01f, 0.01f));
        assertThat(model.asked)
                .containsExactly("Bearer secret {\"model\":\"small\",\"input\":[\"a puppy\",\"an automobile\"]}");
    }

    @Test
    void textsThatAreRefusedAreNoFailure() throws IOException {
        model.status = 400;
        for (int i = 0; i < 10; i++) {
            assertThat(embedder.embed(List.of("tea"), LIMIT)).isEmpty();
        }
        assertThat(embedder.resting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"data\": null}",
                "{\"data\": [null]}",
                "{\"data\": [{\"index\": 0, \"embedding\": null}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1, 2, 3]}]}",
                "{\"data\": [{\"index\": 1, \"embedding\": [1, 2, 3, 4]}]}",
                "{\"data\": [{\"index\": -1, \"embedding\": [1, 2, 3, 4]}]}",
                "{\"data\": [{\"embedding\": [1, 2, 3, 4]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [0, 0, 0, 0]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1e99, 0, 0, 0]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": \"AAAA\"}]}"
            })
    void whatIsNoVectorIsNotTaken(String answer) {
        model.instead = answer;
        assertThatThrownBy(() -> embedder.embed(List.of("tea"), LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The embeddings endpoint");
    }

    @Test
    void anAnswerThatDripsIsNotWaitedFor() {
        model.slowMillis = 20_000;
        long start = System.nanoTime();
        assertThatThrownBy(() -> embedder.embed(List.of("tea"), Duration.ofMillis(500)))
                .isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        model.instead = " ".repeat(5 << 20);
        assertThatThrownBy(() -> embedder.embed(List.of("tea"), Duration.ofSeconds(10)))
                .hasRootCauseMessage("The response body exceeds 4194304 bytes.");
    }

    @Test
    void whoKeepsFailingIsLeftAlone() {
        model.status = 503;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> embedder.embed(List.of("tea"), LIMIT)).isInstanceOf(IOException.class);
        }
        assertThat(embedder.resting()).isTrue();
        assertThat(model.asked).hasSizeLessThan(10);
    }
}
