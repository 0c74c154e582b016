package io.thespace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, 127.0.0.1, true",
        "LOCALHOST, 127.0.0.1, true",
        "127.0.0.1:8080, 127.0.0.1, true",
        "[::1]:8080, 0:0:0:0:0:0:0:1, true",
        "evil.example, 127.0.0.1, false",
        "evil.example:8080, ::1, false",
        "localhost.evil.example, 127.0.0.1, false",
        "127.0.0.1.evil.example:80, 127.0.0.1, false",
        "mcp.example.org, 10.0.0.7, true",
    })
    void onlyNamesOfThisMachineLeadToALoopbackAddress(String host, String address, boolean leads) {
        assertThat(Origins.leadsHere(host, address)).isEqualTo(leads);
    }
}
