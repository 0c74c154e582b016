package io.thespace.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * A target of a route's requests.
 *
 * @param url scheme, host, port and the path that replaces the prefix, for example {@code https://10.0.0.7:8443/v2}
 * @param weight its share of the requests, relative to the other upstreams' weights; 1 when left out
 * @param protocol the protocol: {@code http/1.1} (RFC 9112), or {@code h2} (RFC 9113), over {@code http} with prior
 *     knowledge; {@code http/1.1} when left out
 */
public record UpstreamOrder(
        @NotBlank @Size(max = 500) String url,
        @Min(1) @Max(1000) Integer weight,
        @Pattern(regexp = "http/1\\.1|h2", message = "must be http/1.1 or h2") String protocol) {

    /** The name of HTTP/2 in ALPN (RFC 7301). */
    public static final String HTTP_2 = "h2";

    /** An upstream with the URL only. */
    public static UpstreamOrder to(String url) {
        return new UpstreamOrder(url, null, null).complete();
    }

    UpstreamOrder complete() {
        return new UpstreamOrder(
                url.strip(),
                Optional.ofNullable(weight).orElse(1),
                Optional.ofNullable(protocol).orElse("http/1.1"));
    }
}
