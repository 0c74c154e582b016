package io.thespace.notice;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** The event of a new notice. */
public record NoticePosted(UUID noticeId, UUID authorId, String title) {

    static final EventType TYPE = new EventType(
            "notice_posted", "A notice was put on the board; the subject is the notice's id.", NoticePosted.class);
}
