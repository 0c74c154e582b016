package io.thespace.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Where a route's requests go.
 *
 * @param url scheme, host, port and the path that takes the prefix's place, for example {@code https://10.0.0.7:8443/v2}
 * @param weight its share of the requests beside the other upstreams' weights; 1 when left out
 */
public record UpstreamOrder(@NotBlank @Size(max = 500) String url, @Min(1) @Max(1000) Integer weight) {}
