package io.thespace.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAnswerTest {

    private static final long NOW = 1_800_000_000_000L;

    private static List<Map.Entry<String, String>> headers(String text) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : text.split("\\|", -1)) {
            String[] parts = line.split(":", 2);
            if (parts.length == 2) {
                headers.add(new SimpleImmutableEntry<>(parts[0].strip(), parts[1].strip()));
            }
        }
        return headers;
    }

    private static Optional<KeptAnswer> kept(int status, String headers) {
        return KeptAnswer.of(status, headers(headers), headers(headers), 100, NOW, NOW);
    }

    private static KeptAnswer kept(String headers) {
        return kept(200, headers).orElseThrow();
    }

    private static String date(long seconds) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(NOW).plusSeconds(seconds).atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Cache-Control: max-age=60",
                "Cache-Control: max-age=60, must-revalidate",
                "ETag: \"a\"",
                "Cache-Control: public, no-store",
                "Cache-Control: public|Cache-Control: No-Store",
                "Cache-Control: public, private",
                "Cache-Control: s-maxage=60, private=\"x-name, public\"",
                "Cache-Control: x=\"public\"",
                "Cache-Control: public, max-age=0",
                "Cache-Control: public, max-age=abc",
                "Cache-Control: public, max-age=60, max-age=0",
                "Cache-Control: public, no-cache",
                "Cache-Control: public, s-maxage=0, max-age=60",
                "Cache-Control: public|Expires: 0",
                "Cache-Control: public, max-age=60|Age: 60",
                "Cache-Control: public|Vary: *",
                "Cache-Control: public|Vary: Accept, *",
                "Cache-Control: public|Vary: Authorization",
                "Cache-Control: public|Vary: accept, cookie",
                "Cache-Control: public|Vary: X-Forwarded-For",
                "Cache-Control: public|Set-Cookie: a=b"
            })
    void whatIsNotForAllIsNotKept(String headers) {
        assertThat(kept(200, headers)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"206", "302", "304", "400", "401", "403", "500", "503"})
    void onlySomeStatusesAreKept(int status) {
        assertThat(kept(status, "Cache-Control: public, max-age=60")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Cache-Control: public; 100",
                "cache-control: PUBLIC, Max-Age=60; 60",
                "Cache-Control: s-maxage=60; 60",
                "Cache-Control: max-age=5, s-maxage=60; 60",
                "Cache-Control: public, max-age=\"60\"; 60",
                "Cache-Control: public, max-age=60|Age: 20; 40",
                "Cache-Control: public, max-age=86400; 100",
                "Cache-Control: public, max-age=99999999999999; 100"
            })
    void itIsFreshForAsLongAsIsSaidAndTheRouteAllows(String headers, long seconds) {
        assertThat(kept(headers).left(NOW)).isEqualTo(seconds);
    }

    @Test
    void datesAreUnderstood() {
        assertThat(kept("Cache-Control: public|Date: " + date(0) + "|Expires: " + date(30))
                        .left(NOW))
                .isEqualTo(30);
        assertThat(kept("Cache-Control: public, max-age=60|Date: " + date(-25)).left(NOW))
                .isEqualTo(35);
        assertThat(kept("Cache-Control: public, max-age=60|Date: " + date(1000)).left(NOW))
                .isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; 59; true",
                "; 60; false",
                "max-age=30; 30; true",
                "max-age=30; 31; false",
                "min-fresh=30; 29; true",
                "min-fresh=30; 30; false",
                "max-stale=30; 89; true",
                "max-stale=30; 90; false",
                "max-stale; 5000; true",
                "max-stale=0; 60; false"
            })
    void callersMaySayHowFreshItMustBe(String asked, long later, boolean served) {
        assertThat(kept("Cache-Control: public, max-age=60")
                        .serves(
                                CacheDirectives.of(headers("Cache-Control: " + (asked == null ? "" : asked))),
                                NOW + later * 1000))
                .isEqualTo(served);
        assertThat(kept("Cache-Control: s-maxage=60")
                        .serves(CacheDirectives.of(headers("Cache-Control: max-stale")), NOW + 60_000))
                .isFalse();
    }

    @Test
    void whoHasItIsToldSo() {
        KeptAnswer kept = kept("Cache-Control: public|ETag: W/\"a\"|Last-Modified: " + date(-100));
        assertThat(kept.had(headers("If-None-Match: \"b\", \"a\""))).isTrue();
        assertThat(kept.had(headers("If-None-Match: *"))).isTrue();
        assertThat(kept.had(headers("If-None-Match: \"b\"|If-Modified-Since: " + date(0))))
                .isFalse();
        assertThat(kept.had(headers("If-Modified-Since: " + date(-100)))).isTrue();
        assertThat(kept.had(headers("If-Modified-Since: " + date(-101)))).isFalse();
        assertThat(kept.had(headers("If-Modified-Since: yesterday"))).isFalse();
    }

    @Test
    void aRefreshedOneSaysWhatIsNew() {
        KeptAnswer kept = kept("Cache-Control: public, max-age=10|ETag: \"a\"|X-A: 1|Content-Type: text/plain|Age: 3")
                .with(new byte[3]);
        assertThat(kept.headers().toString()).doesNotContain("Age=");
        var news = headers("X-A: 2|Cache-Control: public, max-age=20|Content-Type: text/html");
        KeptAnswer fresh =
                kept.refreshed(news, news, 100, NOW + 50_000, NOW + 50_000).orElseThrow();
        assertThat(fresh.left(NOW + 50_000)).isEqualTo(20);
        assertThat(fresh.headers().toString())
                .contains("X-A=2", "text/plain", "ETag=\"a\"")
                .doesNotContain("X-A=1", "html");
        assertThat(fresh.body()).hasSize(3);
        var no = headers("Cache-Control: private");
        assertThat(kept.refreshed(no, no, 100, NOW, NOW)).isEmpty();
    }

    @Test
    void itIsReadAsItWasWritten() throws Exception {
        KeptAnswer kept = kept("Cache-Control: public|ETag: \"ä\"|Vary: B, a|Content-Encoding: gzip")
                .with("hello".getBytes(StandardCharsets.UTF_8));
        KeptAnswer read = KeptAnswer.read(kept.bytes());
        assertThat(read.headers()).isEqualTo(kept.headers());
        assertThat(read.vary()).containsExactly("a", "accept-encoding", "b");
        assertThat(read.conditions()).isEqualTo(kept.conditions());
        assertThat(read.body()).isEqualTo(kept.body());
        assertThat(read.left(NOW + 1000)).isEqualTo(99);
    }

    @Test
    void anAdministratorMaySayThatItIsForAll() {
        var said = headers("Cache-Control: public, max-age=60");
        assertThat(KeptAnswer.of(200, headers("X-A: 1"), said, 100, NOW, NOW)).isPresent();
        assertThat(KeptAnswer.of(200, headers("Cache-Control: private"), said, 100, NOW, NOW))
                .isEmpty();
    }
}
