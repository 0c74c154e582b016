package io.thespace.hub.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.hub.HubError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames are read strictly, and what is wrong with one is said. */
class FrameTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private final FrameDecoder decoder = new FrameDecoder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"ping\"} | Ping",
                "{\"type\":\"ping\",\"id\":\"7\"} | Ping",
                "{\"type\":\"join_channel\",\"channel_id\":\"plugin:notes\"} | JoinChannel",
                "{\"type\":\"message\",\"channel_id\":\"c\",\"data\":[1]} | Message",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":0} | History",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":9,\"epoch\":\"019a0000-0000-7000-8000-000000000060\"} | History",
            })
    void goodOnesAreRead(String text, String expected) {
        Frame frame = decoder.decode(text);
        assertThat(frame.getClass().getSimpleName()).isEqualTo(expected);
        FrameDecoder.validate(frame, VALIDATOR);
    }

    @Test
    void membersAreRead() {
        assertThat(
                        decoder.decode(
                                "{\"type\":\"history\",\"id\":\"7\",\"channel_id\":\"c\",\"since\":9,\"epoch\":\"019a0000-0000-7000-8000-000000000060\"}"))
                .isEqualTo(new Frame.History("7", "c", 9L, "019a0000-0000-7000-8000-000000000060"));
        assertThat(decoder.decode("{\"type\":\"message\",\"channel_id\":\"c\",\"data\":{\"a\":[1.50,null,\"ä\"]}}"))
                .isInstanceOfSatisfying(Frame.Message.class, message -> assertThat(message.data())
                        .hasToString(Json.MAPPER
                                .createObjectNode()
                                .set(
                                        "a",
                                        Json.MAPPER
                                                .createArrayNode()
                                                .add(new BigDecimal("1.5"))
                                                .addNull()
                                                .add("ä"))
                                .toString()));
    }

    @Test
    void aBadOneKeepsItsIdWhenThatIsAnId() {
        assertThat(decoder.decode("{\"type\":\"fly\",\"id\":\"7\"}").id()).isEqualTo("7");
        assertThat(decoder.decode("{\"type\":\"fly\",\"id\":7}").id()).isNull();
        assertThat(decoder.decode("{\"type\":\"fly\",\"id\":\"" + "x".repeat(65) + "\"}")
                        .id())
                .isNull();
    }

    @Test
    void oneThatIsTooLargeIsNotParsed() {
        assertThat(decoder.decode("{".repeat(70_000))).isEqualTo(new Frame.TooLarge());
        // Bytes count, not characters.
        assertThat(decoder.decode("ä".repeat(40_000))).isEqualTo(new Frame.TooLarge());
        assertThat(decoder.decode("{".repeat(60_000))).isInstanceOf(Frame.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | The frame is not well-formed JSON.",
                "{\"type\":\"message\",\"channel_id\":\"c\",\"data\":1e2147483648} | The frame is not well-formed JSON.",
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
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":\"1\"} | since must be a whole number from 0 on.",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":9223372036854775808} | since must be a whole number from 0 on.",
                "{\"type\":\"history\",\"channel_id\":\"c\",\"since\":1,\"epoch\":null} | epoch must be a UUID.",
                "{\"type\":\"ping\",\"id\":null} | id must be a string of up to 64 characters.",
                "{\"type\":\"join_channel\",\"channel_id\":[]} | channel_id must be a channel's id.",
                "{\"type\":\"join_channel\",\"channel_id\":null} | channel_id must be a channel's id.",
                "{\"type\":\"too_large\"} | type must be one of ping, pong, join_channel, leave_channel, message, history, presence, refresh.",
                "{\"type\":\"refresh\",\"token\":1} | token must be a string.",
            })
    void badOnesSayWhatToDo(String text, String expected) {
        assertThatThrownBy(() -> {
                    Frame frame = decoder.decode(text);
                    FrameDecoder.validate(frame, VALIDATOR);
                    frame.answer(null, null);
                })
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(HubError.INVALID_FRAME))
                .hasMessage(expected);
    }
}
