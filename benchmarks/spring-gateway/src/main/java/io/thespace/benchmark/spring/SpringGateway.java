package io.thespace.benchmark.spring;

import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.filter.ratelimit.KeyResolver;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** One route to {@code benchmark.upstream}, for bearers of the platform's access tokens, each counted in Redis. */
@SpringBootApplication
public class SpringGateway {

    /** A limit so high that no request is rejected; counting costs the same. */
    private static final int PLENTY = 1_000_000;

    public static void main(String[] arguments) {
        SpringApplication.run(SpringGateway.class, arguments);
    }

    @Bean
    RouteLocator routes(
            RouteLocatorBuilder routes, RedisRateLimiter limiter, KeyResolver caller, Environment settings) {
        return routes.routes()
                .route(
                        "benchmark",
                        route -> route.path("/api/v1/gateway/*/**")
                                .filters(filters -> filters.stripPrefix(4)
                                        .requestRateLimiter(
                                                limit -> limit.setRateLimiter(limiter).setKeyResolver(caller)))
                                .uri(settings.getRequiredProperty("benchmark.upstream")))
                .build();
    }

    @Bean
    RedisRateLimiter limiter() {
        return new RedisRateLimiter(PLENTY, PLENTY);
    }

    @Bean
    KeyResolver caller() {
        return exchange -> exchange.getPrincipal().map(Principal::getName);
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity security) {
        return security.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                .build();
    }
}
