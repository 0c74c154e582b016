package io.thespace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    private final AddressRule closed = new AddressRule(List.of());
    private final AddressRule open =
            new AddressRule(List.of(Network.read("10.1.0.0/16"), Network.read("fd00:1::/32"), Network.read("::1/128")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsRefused(String address) throws Exception {
        assertThat(closed.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.15.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "2a00::1"})
    void whatIsPublicIsNot(String address) throws Exception {
        assertThat(closed.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0", "10.1.255.255", "fd00:1::9", "::1"})
    void whatIsNamedIsAllowed(String address) throws Exception {
        assertThat(open.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.0", "10.0.255.255", "fd00:2::1", "127.0.0.1"})
    void nothingBesideItIs(String address) throws Exception {
        assertThat(open.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0x7f.1", "2130706433", "[::1]"})
    void addressesInDisguiseAreNotAllowedEither(String host) {
        assertThat(AddressRule.literal(host).map(closed::allows).orElse(false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "example.org/8", "10.0.0.0/x", "/8", "fd00::/129"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
