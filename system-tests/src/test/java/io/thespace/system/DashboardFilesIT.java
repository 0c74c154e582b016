package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard's files on the wire. */
class DashboardFilesIT {

    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    private final Caller browser = Stage.shared().space().anonymous().with("Accept", "text/html,*/*;q=0.8");

    @Test
    void thePageIsAskedForEachTime() {
        Answer page = browser.get("/").is(200).hasManners();

        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).contains("no-cache");
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self'; style-src 'self' 'unsafe-inline'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src");
        assertThat(page.body())
                .doesNotContain("<style", " style=", "javascript:")
                .containsOnlyOnce("<script");
        String tag = page.header("ETag").orElseThrow();
        browser.with("If-None-Match", tag).get("/").is(304);
    }

    @Test
    void whatItLoadsIsKeptForever() {
        List<String> files = FILE.matcher(browser.get("/").is(200).body())
                .results()
                .map(MatchResult::group)
                .map(each -> each.substring(each.indexOf('"') + 1, each.length() - 1))
                .toList();

        assertThat(files).hasSizeGreaterThan(3);
        for (String file : files) {
            Answer answer = browser.get(file).is(200).hasManners();
            String cache = answer.header("Cache-Control").orElse("");
            assertThat(cache).isEqualTo(file.endsWith(".svg") ? "no-cache" : "public, max-age=31536000, immutable");
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            Answer head = browser.call("HEAD", file).is(200);
            assertThat(head.header("Content-Length")).isEqualTo(answer.header("Content-Length"));
            assertThat(browser.with("Accept-Encoding", "gzip").get(file).is(200).header("Content-Encoding"))
                    .contains("gzip");
        }
    }

    @Test
    void nothingElseIsTaken() {
        for (String path : new String[] {
            "/index.html",
            "/assets",
            "/assets/",
            "/assets/main.js",
            "/assets/../index.html",
            "/plugins",
            "/assets/a/b.js"
        }) {
            assertThat(browser.get(path).status()).as("%s", path).isEqualTo(404);
        }
        browser.send("POST", "/", "{}").refused(405);
        assertThat(browser.call("DELETE", "/").header("Allow")).contains("GET, HEAD, OPTIONS");
        browser.get("/api/nothing").refused(404);
        browser.get("/nothing").refused(404);
    }
}
