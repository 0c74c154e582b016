package io.thespace.hub.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.hub.HubError;
import io.thespace.plugin.api.Rejection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames are read strictly, and what is wrong with one is said. */
class FrameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"ping\"} | PING",
                "{\"type\":\"ping\",\"id\":\"7\"} | PING",
                "{\"type\":\"join_channel\",\"channel_id\":\"plugin:notes\"} | JOIN_CHANNEL",
                "{\"type\":\"message\",\"channel_id\":\"c\",\"data\":[1]} | MESSAGE",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":0} | HISTORY",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":9,\"epoch\":\"019a0000-0000-7000-8000-000000000060\"} | HISTORY",
            })
    void goodOnesAreRead(String text, Frame expected) {
        assertThat(Frame.of(Frame.object(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | The frame is not well-formed JSON.",
                "[] | A frame must be a JSON object with a type.",
                "{\"type\":\"ping\",\"type\":\"ping\"} | A member stands twice in the frame.",
                "{} | type must be one of ping, pong, join_channel, leave_channel, message, history, presence, refresh.",
                "{\"type\":1} | type must be one of ping, pong, join_channel, leave_channel, message, history, presence, refresh.",
                "{\"type\":\"PING\"} | type must be one of ping, pong, join_channel, leave_channel, message, history, presence, refresh.",
                "{\"type\":\"ping\",\"x\":1} | A frame of type ping has no member of the name x.",
                "{\"type\":\"ping\",\"id\":1} | id must be a string of up to 64 characters.",
                "{\"type\":\"join_channel\"} | A frame of type join_channel needs channel_id.",
                "{\"type\":\"join_channel\",\"channel_id\":\"A\"} | channel_id must be a channel's id.",
                "{\"type\":\"message\",\"channel_id\":\"c\",\"data\":null} | data must be anything but null.",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":-1} | since must be a whole number from 0 on.",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":1.5} | since must be a whole number from 0 on.",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":1,\"epoch\":\"1\"} | epoch must be a UUID.",
                "{\"type\":\"refresh\",\"token\":1} | token must be a string.",
            })
    void badOnesSayWhatToDo(String text, String expected) {
        assertThatThrownBy(() -> Frame.of(Frame.object(text)))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(HubError.INVALID_FRAME))
                .hasMessage(expected);
    }
}
