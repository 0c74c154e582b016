package io.thespace.mcp.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Allow-lists and names of a member of a virtual server. */
class VirtualMemberTest {

    private final VirtualMember member = new VirtualMember(
                    "file-server", null, List.of("read", "search_*"), List.of("file:///reports/*"), null)
            .complete();

    @Test
    void namesHaveThePrefixOfTheServer() {
        assertThat(member.named("read")).isEqualTo("fileserver-read");
        assertThat(member.located("file:///a")).isEqualTo("fileserver+file:///a");
        VirtualMember own = new VirtualMember(VirtualMember.OWN, null, null, null, null).complete();
        assertThat(own.named("read")).isEqualTo("read");
        assertThat(own.prompts()).isEmpty();
    }

    @Test
    void aListHasNamesAndBeginnings() {
        assertThat(VirtualMember.allows(member.tools(), "read")).isTrue();
        assertThat(VirtualMember.allows(member.tools(), "search_all")).isTrue();
        assertThat(VirtualMember.allows(member.tools(), "readme")).isFalse();
        assertThat(VirtualMember.allows(member.prompts(), "read")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///reports/a.txt", "file:///reports/..a/b..", "file:///reports/a?x=1", "file:///reports/"})
    void whatIsBelowABeginningIsAllowed(String uri) {
        assertThat(member.allowsResource(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///secret/a.txt",
                "file:///reports/../secret/a.txt",
                "file:///reports/%2e%2E/secret",
                "file:///reports/..%2fsecret",
                "file:///reports/..%5Csecret",
                "file:///reports/%252e%252e/secret",
                "file:///reports/..",
                "file:///reports/./a"
            })
    void whatLeadsOutOfABeginningIsNot(String uri) {
        assertThat(member.allowsResource(uri)).isFalse();
    }
}
