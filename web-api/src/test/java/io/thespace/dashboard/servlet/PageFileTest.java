package io.thespace.dashboard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFileTest {

    @ParameterizedTest
    @CsvSource({
        "main-KC6LZAGM.js, true",
        "style-3DQU6XL5.css, true",
        "main-KC6LZAGM.js.LEGAL.txt, true",
        "index.html, false",
        "icon.svg, false",
        "main-short.js, false",
    })
    void onlyNamesThatChangeWithTheContentAreKeptForever(String name, boolean forever) {
        assertThat(PageFile.of(name, "x".getBytes(UTF_8)).cacheControl())
                .isEqualTo(forever ? "public, max-age=31536000, immutable" : "no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".js", "../web.xml", "a/b.js", "a.class", "a.jsp", "a%2fb.js", "\u00e4.js", "a"})
    void otherNamesAreNoFiles(String name) {
        assertThat(PageFile.isName(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "br, gzip | true",
                "GZIP;q=0.5, br | true",
                "gzip;q=0 | false",
                "gzip;q=0.000 | false",
                "gzip; q=0.01 | true",
                "br | false",
                "xgzip | false",
                "identity | false",
            })
    void gzipIsSentToThoseWhoTakeIt(String accepted, boolean takes) {
        assertThat(PageFile.takesGzip(accepted)).isEqualTo(takes);
    }

    @Test
    void withoutTheHeaderNothingIsCompressed() {
        assertThat(PageFile.takesGzip(null)).isFalse();
    }

    @Test
    void theCompressedFormIsTheSameFile() throws IOException {
        PageFile file = PageFile.of("a.js", "const a = 1;".repeat(100).getBytes(UTF_8));

        assertThat(new GZIPInputStream(new ByteArrayInputStream(file.zipped())).readAllBytes())
                .isEqualTo(file.bytes());
        assertThat(file.zipped().length).isLessThan(file.bytes().length);
        assertThat(file.isKnown(file.tag())).isTrue();
        assertThat(file.isKnown("W/" + file.tag() + ", \"other\"")).isTrue();
        assertThat(file.isKnown("\"other\"")).isFalse();
        assertThat(file.isKnown(null)).isFalse();
    }
}
